"""Small pieces of statements: quoted names, types, a person's text; no `%` in them is mistaken for a parameter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString

from console.db.compose import SQL, Composable, Composed, Identifier, Placeholder


def name(*parts: str) -> Identifier:
    """Quote a name. Every statement here is sent with parameters, where `%` begins one and is written twice.

    >>> name("a b", "100%").as_string(None)
    '"a b"."100%%"'
    """
    return Identifier(*(part.replace("%", "%%") for part in parts))


def verbatim(text: str) -> SQL:
    """Take a text as SQL: a type as format_type wrote it, quoted where it must be, or a condition that was checked."""
    doubled: Any = text.replace("%", "%%")  # psycopg wants LiteralString against injection
    return SQL(doubled)


def typed(placeholder: str, type_name: str) -> Composed:
    """Return a parameter of a type. The server reads its text by that type's own input function.

    >>> typed("k0", "numeric").as_string(None)
    '%(k0)s::numeric'
    """
    return Composed([Placeholder(placeholder), SQL("::"), verbatim(type_name)])


def operator(sign: LiteralString, schema: str = "") -> Composed:
    """Return an operator of a schema, by default PostgreSQL's own; a bare sign could find one that somebody planted.

    >>> operator("<").as_string(None)
    'OPERATOR("pg_catalog".<)'
    """
    return Composed([SQL("OPERATOR("), name(schema or "pg_catalog"), SQL("."), SQL(sign), SQL(")")])


def joined(glue: LiteralString, parts: Iterable[Composable]) -> Composed:
    """Return the parts with `glue` between them."""
    return SQL(glue).join(parts)
