"""Looks up the columns that are to be filled: whether they exist, and what of their tables matters for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.sql import queries
from console.text import sanitize
from console.vectors.filling import status
from console.vectors.filling.declared import Declared
from console.vectors.filling.fillable import Fillable
from console.vectors.text_path import is_document, parse

_TABLES = frozenset("rp")
_MADE = frozenset("vm")
_TYPES = ("vector", "halfvec", "sparsevec")
_SAID = "vector, halfvec and sparsevec"


async def look_up(session: Session, declared: Sequence[Declared]) -> tuple[Fillable, ...]:
    """Return the declared columns that exist; others belong to migrations that are not applied.

    Raises UsageError for what cannot be filled as it is declared.
    """
    asked = [
        Query(queries.load("vectors/fillable"), {"schema": each.schema, "table": each.table, "column": each.column})
        for each in declared
    ]
    answers = await session.read(*asked, doing="looking for columns to fill") if asked else []
    return tuple(_column(each, *rows[0]) for each, rows in zip(declared, answers, strict=True) if rows)


def _column(
    declared: Declared,
    relation_kind: str,
    pages: int,
    tuples: int,
    dimensions: int,
    type_schema: str,
    type_name: str,
    columns: Sequence[tuple[str, str, str]],
    key: Sequence[tuple[str, str, str]],
    lists: Sequence[tuple[str, str]],
    labels: Sequence[tuple[str, str]],
    checks: Sequence[tuple[str, str]],
    generated: bool,
    secured: bool,
) -> Fillable:
    _must_be_fit(declared, type_name, {name: type_ for name, _, type_ in columns})
    if generated or relation_kind in _MADE:
        what = "a generated column" if generated else "of a materialized view" if relation_kind == "m" else "of a view"
        raise UsageError(
            f"{declared.label} cannot be filled: it is {what}.", hint="Fill the column that its values come from."
        )
    if not key:
        raise UsageError(
            f"{declared.label} cannot be filled: its table has no primary key to tell its rows apart.",
            hint="A unique index on columns that are NOT NULL would do as well.",
        )
    return Fillable(
        declared,
        dimensions if dimensions > 0 else None,
        (type_schema, type_name),
        tuple((name, (schema, type_)) for name, schema, type_ in key),
        tuple((schema, name) for schema, name in lists),
        status=status.find(declared.column, columns, labels, checks),
        pages=pages,
        tuples=tuples,
        plain=relation_kind in _TABLES,
        secured=secured,
        columns=tuple(name for name, _, _ in columns),
    )


def _must_be_fit(declared: Declared, type_name: str, columns: Mapping[str, str]) -> None:
    if type_name not in _TYPES:
        said = f"{declared.origin} declares it. " if declared.origin else ""
        raise UsageError(
            f"{declared.label} is of type {sanitize(type_name)}, and only columns of {_SAID} can be filled.",
            detail=f"{said}Nothing was done.",
        )
    texts = [name for name in declared.text if not _is_there(name, columns)]
    if absent := [*texts, *(column for column, _ in declared.where if column not in columns)]:
        missing = f"there is no column {sanitize(absent[0])} beside {declared.label}"
        said = f"{declared.origin} is wrong: {missing}." if declared.origin else f"T{missing[1:]}."
        raise UsageError(said, hint=f"There are: {', '.join(map(sanitize, list(columns)[:20]))}.")


def _is_there(text: str, columns: Mapping[str, str]) -> bool:
    """Tell whether a text is a column, or a member of the JSON in one."""
    path = parse(text, columns)
    return path is not None and (not path.members or is_document(columns[path.column]))
