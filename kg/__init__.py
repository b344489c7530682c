"""The graph: ledger, views, queries and the command line."""
