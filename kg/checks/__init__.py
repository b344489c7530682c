"""A source's own arithmetic: which of its figures cannot be right together. Nothing is corrected."""

from kg.checks.check import Checked, Wrong, check

__all__ = ["Checked", "Wrong", "check"]
