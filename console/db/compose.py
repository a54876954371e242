"""psycopg's tools for composing statements from identifiers, handed on to the rooms that compose."""

from psycopg.sql import SQL, Composable, Composed, Identifier, Literal, Placeholder

__all__ = ["SQL", "Composable", "Composed", "Identifier", "Literal", "Placeholder"]
