"""Ledgers: the tables in which a database remembers its migrations, one module each."""
