"""Measures the target: sizes, and the figures behind the lines of health. What cannot be had says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from console.catalog.model import Key, Kind
from console.catalog.system import OWN_SCHEMA as _OWN
from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed
from console.migrations.report import counting, health
from console.migrations.report.facts import Line, Size
from console.sql.queries import load
from console.text import sanitize

T = TypeVar("T")

_LOCK_TIMEOUT = 0.3
_MOST_COUNTED = 500


@dataclass(slots=True)
class Measures:
    """Sizes by schema and name; of columns (schema, table, name) which share is NULL; what was not measured."""

    tables: dict[tuple[str, str], Size] = field(default_factory=dict)
    indexes: dict[tuple[str, str], Size] = field(default_factory=dict)
    nulls: dict[tuple[str, str, str], float] = field(default_factory=dict)
    health: tuple[Line, ...] = ()
    missing: list[str] = field(default_factory=list)

    def of(self, key: Key) -> Size:
        """Return the size of a table or index; an unknown one where it was not measured."""
        found = self.indexes if key.kind is Kind.INDEX else self.tables
        return found.get((key.schema, key.name), Size())


async def measure(session: Session, columns: Iterable[Key]) -> Measures:
    """Measure the target. `columns` are those whose share of values matters. Raises ConnectionFailed and its kin."""
    found = Measures()
    for schema, name, rows, taken in await _asked(session, found, "sizes", "the sizes of tables"):
        found.tables[schema, name] = Size(rows, taken)
    await _count(session, found)
    for schema, name, taken, scans in await _asked(session, found, "index_sizes", "the sizes of indexes"):
        found.indexes[schema, name] = Size(None, taken, scans)
    keys = list(columns)
    if keys:
        wanted = {"schemas": [key.schema for key in keys], "tables": [key.parent for key in keys]}
        for schema, table, column, nulls in await _asked(session, found, "filled", "how full columns are", wanted):
            found.nulls[schema, table, column] = nulls
    found.health = (
        await _line(session, "performance", health.Performance, health.performance),
        await _line(session, "integrity", health.Integrity, health.integrity),
        await _line(session, "availability", health.Availability, health.availability),
    )
    return found


async def _asked(
    session: Session, found: Measures, name: str, what: str, values: dict[str, list[str]] | None = None
) -> list[Any]:
    query = Query(load(f"report/{name}"), values)
    try:
        [rows] = await session.read(query, lock_timeout=_LOCK_TIMEOUT, doing=f"measuring {what}")
    except StatementFailed as error:
        found.missing.append(sanitize(error.title))
        return []
    return rows


async def _count(session: Session, found: Measures) -> None:
    """Count what no ANALYZE has seen; what is locked is left out."""
    seen = (name for name, size in found.tables.items() if size.rows is not None or size.bytes is None)
    unseen = [name for name in found.tables.keys() - set(seen) if name[0] != _OWN]
    if len(unseen) > _MOST_COUNTED:  # each is locked, lightly, until all are counted
        found.missing.append(
            f"the rows of {len(unseen):,} tables: no ANALYZE has seen them, and they are many to count"
        )
        return
    try:
        rows = await counting.count(session, unseen, lock_timeout=_LOCK_TIMEOUT)
    except StatementFailed as error:
        found.missing.append(sanitize(error.title))
        return
    for schema, name, number in rows:
        found.tables[schema, name] = replace(found.tables[schema, name], rows=number, counted=True)


async def _line(session: Session, title: str, row: Callable[..., T], judged: Callable[[T], Line]) -> Line:
    query = Query(load(f"report/{title}"), row=row)
    try:
        [rows] = await session.read(query, lock_timeout=_LOCK_TIMEOUT, doing=f"measuring the {title}")
    except StatementFailed as error:
        return health.skipped(title, sanitize(error.title))
    return judged(rows[0]) if rows else health.skipped(title, "the server keeps no figures of this database")
