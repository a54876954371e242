"""Migrations: the verbs that look at them, prove them, record them and run them."""
