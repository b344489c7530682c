"""Figures that tables and prose report: turnover, profit, prices, estimates, with period, unit and date."""
