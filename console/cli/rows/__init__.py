"""Statements whose rows are printed: `query`."""
