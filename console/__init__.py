"""dbconsole: a terminal console for PostgreSQL."""

__version__ = "0.1.0"
