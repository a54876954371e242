"""Profiles and targets: which database is meant, and how it is to be treated. Knows no driver."""
