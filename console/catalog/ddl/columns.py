"""The columns of tables: how each stands in CREATE TABLE, and what has to be said of it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from console.catalog.ddl import sequences
from console.catalog.ddl.foreign import options as fdw_options
from console.catalog.model import Column, Option
from console.sql.quoting import ident, literal

STORAGES = {"p": "PLAIN", "e": "EXTERNAL", "m": "MAIN", "x": "EXTENDED"}
_MAIN = ("numeric", "inet", "cidr")  # the types of variable length that are not stored out of line by themselves
COMPRESSIONS = {"p": "pglz", "l": "lz4"}
_GENERATED = {"s": " STORED", "v": " VIRTUAL"}


def defined(column: Column, *, persistence: str = "p", bare: bool = False, with_identity: bool = True) -> str:
    """Return a column as CREATE TABLE and ADD COLUMN want it; a bare one gets its default later."""
    collation = f" COLLATE {column.collation}" if column.collation else ""
    head = f"{ident(column.name)} {column.type}{fdw_options(column.fdw_options)}{collation}"
    return head + "".join(
        f" {part}" for part in _rules(column, persistence=persistence, bare=bare, with_identity=with_identity)
    )


def with_options(column: Column, *, persistence: str, bare: bool) -> str | None:
    """Return a column of a typed table: what its type does not say; None for nothing."""
    rules = " ".join(_rules(column, persistence=persistence, bare=bare, with_identity=True))
    return f"{ident(column.name)} WITH OPTIONS {rules}" if rules else None


def _rules(column: Column, *, persistence: str, bare: bool, with_identity: bool) -> Iterator[str]:
    if column.generated and column.default is not None:
        yield f"GENERATED ALWAYS AS ({_unwrapped(column.default)}){_GENERATED[column.generated]}"
    elif column.default is not None and not bare:
        yield f"DEFAULT {column.default}"
    if column.identity is not None and with_identity:
        yield sequences.identity(column.identity, persistence)
    not_null = column.not_null
    if not_null is not None and not_null.validated:
        named = f"CONSTRAINT {ident(not_null.name)} " if not_null.name else ""
        yield f"{named}NOT NULL{' NO INHERIT' if not_null.no_inherit else ''}"


def _unwrapped(expression: str) -> str:
    """Take one pair of brackets off that stands round the whole expression.

    >>> _unwrapped("(a + b)"), _unwrapped("(a) + (b)"), _unwrapped("lower(a)")
    ('a + b', '(a) + (b)', 'lower(a)')
    """
    depth = 0
    for place, sign in enumerate(expression):
        if sign in "'\"$":
            return expression  # brackets within quotes are not counted here
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return expression[1:-1] if place == len(expression) - 1 and expression.startswith("(") else expression
    return expression


def default(relation: str, column: Column) -> str:
    """Return ALTER … SET DEFAULT."""
    return f"ALTER {relation} ALTER COLUMN {ident(column.name)} SET DEFAULT {column.default}"


def attributes(
    relation: str, columns: Iterable[Column], of_parents: Mapping[str, Column], *, version: int
) -> Iterator[str]:
    """Return ALTER … for what CREATE TABLE cannot say of columns, or says otherwise of inherited ones."""
    for column in columns:
        head = f"ALTER {relation} ALTER COLUMN {ident(column.name)}"
        parent = of_parents.get(column.name) or column
        if column.storage is not None:
            yield f"{head} SET STORAGE {STORAGES[column.storage]}"
        elif parent.storage is not None:
            yield f"{head} SET STORAGE {_usual_storage(column, version)}"
        if column.compression:
            yield f"{head} SET COMPRESSION {COMPRESSIONS.get(column.compression, column.compression)}"
        elif parent.compression and not relation.startswith("FOREIGN"):  # which keeps what it inherits
            yield f"{head} SET COMPRESSION default"
        if column.statistics is not None:
            yield f"{head} SET STATISTICS {column.statistics}"
        if column.options:
            yield f"{head} SET ({assigned(column.options)})"
        if column.identity is not None:
            yield from sequences.unlike(column.identity, column.type)


def _usual_storage(column: Column, version: int) -> str:
    """Return the word for the type's own storage, which has a name of its own since 16."""
    if version >= 160000:
        return "DEFAULT"
    return "MAIN" if column.type.startswith(_MAIN) else "EXTENDED"


def not_valid(relation: str, columns: Iterable[Column], table: str) -> Iterator[str]:
    """Return ADD CONSTRAINT … NOT NULL … NOT VALID (PostgreSQL 18)."""
    for column in columns:
        rule = column.not_null
        if rule is not None and not rule.validated:
            name = ident(rule.name or f"{table}_{column.name}_not_null")
            no_inherit = " NO INHERIT" if rule.no_inherit else ""
            yield f"ALTER {relation} ADD CONSTRAINT {name} NOT NULL {ident(column.name)}{no_inherit} NOT VALID"


def assigned(options: Iterable[Option]) -> str:
    """Return `a='1', b='x'` for SET (…) and WITH (…)."""
    return ", ".join(f"{ident(option.name)}={literal(option.value)}" for option in options)
