"""The columns of a result as the grid knows them, with the names of their types, also of a database's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.db.query import Column as ResultColumn
from console.db.query import Query
from console.db.session import Session
from console.db.types import BUILT_IN
from console.rows.source import Column
from console.sql import queries


def columns(found: Iterable[ResultColumn], others: Mapping[int, tuple[str, bool]] | None = None) -> tuple[Column, ...]:
    """Return the columns of a result as the grid knows them; `others` are types that `look_up` has found.

    >>> columns([ResultColumn("n", 1700), ResultColumn("mood", 70_000)])[0]
    Column(name='n', type_name='numeric', oid=1700, numeric=True, plain=False)
    """
    known = {**BUILT_IN, **(others or {})}
    return tuple(Column(each.name, *_of(known, each.type_oid)) for each in found)


def _of(known: Mapping[int, tuple[str, bool]], oid: int) -> tuple[str, int, bool]:
    name, numeric = known.get(oid, ("", False))
    return name, oid, numeric


async def look_up(session: Session, found: Iterable[ResultColumn]) -> Mapping[int, tuple[str, bool]]:
    """Return the types of a result that PostgreSQL does not bring; asks the server only if there are any."""
    unknown = sorted({each.type_oid for each in found} - BUILT_IN.keys())
    if not unknown:
        return {}
    [rows] = await session.read(Query(queries.load("rows/types"), {"oids": unknown}), doing="reading types")
    return {int(oid): (name, numeric) for oid, name, numeric in rows}
