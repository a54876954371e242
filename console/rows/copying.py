"""What goes to the clipboard when a person copies cells, columns or rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from console.db.query import Row
from console.errors import UsageError
from console.rows.formats import FORMS, Form, Insert, Into
from console.rows.source import Column


def cell(value: str | None) -> str:
    """Return one value as it is; NULL is nothing."""
    return value or ""


def rows(columns: Sequence[Column], found: Iterable[Row], form: str, *, into: Into | None = None) -> str:
    """Return rows as `form`: "text", "csv", "json", "ndjson", "markdown", or "insert" `into` a table.

    Raises UsageError for another form, and when INSERT has no table to name.
    """
    writer = _insert(into) if form == "insert" else _form(form)()
    return writer.begin(columns) + writer.rows(found) + writer.end()


def picked(
    columns: Sequence[Column], found: Iterable[Row], names: Sequence[str]
) -> tuple[tuple[Column, ...], list[Row]]:
    """Return only some columns, in the order of `names`, each name meaning the first column that bears it."""
    every = [column.name for column in columns]
    places = [every.index(name) for name in names]
    return tuple(columns[place] for place in places), [tuple(row[place] for place in places) for row in found]


def _form(name: str) -> Callable[[], Form]:
    if name not in FORMS:
        raise UsageError(f"Rows cannot be copied as {name}.", hint=f"There are {', '.join(FORMS)} and insert.")
    return FORMS[name]


def _insert(into: Into | None) -> Insert:
    if into is None:
        raise UsageError("There is no one table that these rows could be inserted into.", hint="Copy them as CSV.")
    return Insert(into)
