"""Asks the server about the relations that scripts name: how large they are, what types their columns have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed
from console.migrations.hazards import looking, types
from console.migrations.hazards.hazard import Hazard, Kind, Name
from console.migrations.hazards.known import Column, Known, Relation
from console.migrations.hazards.looking import Looked
from console.migrations.plan import Step
from console.migrations.report import counting
from console.sql.queries import load

_LOCK_TIMEOUT = 0.3
_MOST_COUNTED = 100
_COUNTED = ("r", "m")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of `hazards/relations`."""

    schema: str
    name: str
    found_schema: str
    found_name: str
    kind: str
    rows: int | None
    bytes: int | None
    children: int
    table_name: str | None
    table_schema: str | None
    columns: list[list[Any]] | None


async def steps(session: Session, wanted: Sequence[Step]) -> tuple[Looked, ...]:
    """Look at a plan, with the sizes of the tables it touches. Raises ConnectionFailed; what is locked has no size."""
    found = looking.steps(wanted)
    known = await ask(session, found)
    return looking.steps(wanted, known)


async def ask(session: Session, found: Sequence[Looked]) -> Known:
    """Return what the server says about all that these scripts name. Raises ConnectionFailed and its kin."""
    if session.server is None:
        await session.read()
    assert session.server is not None
    version = session.server.major
    asked = sorted(frozenset[Name]().union(*(each.names for each in found)))
    functions = sorted(looking.functions(each.script for each in found if each.script is not None))
    try:
        rows, volatile, nulls = await session.read(
            Query(load("hazards/relations"), _columns(asked), row=_Row, own_path=True),
            Query(load("hazards/functions"), {"names": functions}),
            Query(load("report/filled"), _tables(asked)),
            lock_timeout=_LOCK_TIMEOUT,
            doing="measuring what the migrations touch",
        )
    except StatementFailed:
        return Known(version)
    filled: Mapping[tuple[str, str, str], float] = {
        (schema, table, name): share for schema, table, name, share in nulls
    }
    relations = {Name(row.schema, row.name): _relation(row, filled) for row in rows}
    for name, relation in list(relations.items()):
        relations[relation.name] = relation
        relations.setdefault(name.placed if not name.schema else name, relation)
    counted = await _counted(session, relations, _lost(found))
    return Known(version, asked=True, relations=counted, functions=dict(volatile))


def _columns(asked: Iterable[Name]) -> dict[str, list[str]]:
    pairs = list(asked)
    return {"schemas": [name.schema for name in pairs], "names": [name.name for name in pairs]}


def _tables(asked: Iterable[Name]) -> dict[str, list[str]]:
    pairs = [name.placed for name in asked]
    return {"schemas": [name.schema for name in pairs], "tables": [name.name for name in pairs]}


def _relation(row: _Row, filled: Mapping[tuple[str, str, str], float]) -> Relation:
    name = Name(row.found_schema, row.found_name)
    columns = {
        column: Column(
            types.stored(kind, modifier, array=array, plain=plain), proven, checked, filled.get((*name, column))
        )
        for column, kind, modifier, array, plain, proven, checked in row.columns or ()
    }
    table = Name(row.table_schema, row.table_name) if row.table_schema and row.table_name else None
    return Relation(name, row.kind, row.rows, row.bytes, row.children, table=table, columns=columns)


def _lost(found: Iterable[Looked]) -> frozenset[Name]:
    """Return the relations whose rows would be lost, which are worth counting."""
    hazards: Iterable[Hazard] = (hazard for looked in found for hazard in looked.hazards)
    return frozenset(hazard.relation for hazard in hazards if hazard.kind in (Kind.LOSS, Kind.FAIL) and hazard.relation)


async def _counted(session: Session, relations: dict[Name, Relation], lost: Iterable[Name]) -> dict[Name, Relation]:
    """Count, up to a bound, the rows that would be lost and that nobody knows; what is locked is left out."""
    unknown = {relations[name].name for name in lost if name in relations and _is_unknown(relations[name])}
    if not unknown or len(unknown) > _MOST_COUNTED:
        return relations
    try:
        rows = await counting.count(session, sorted(unknown), lock_timeout=_LOCK_TIMEOUT)
    except StatementFailed:
        return relations
    numbers = {Name(schema, name): number for schema, name, number in rows}
    return {
        asked: replace(each, rows=numbers[each.name], counted=True, most=numbers[each.name] > counting.MOST)
        if each.name in numbers
        else each
        for asked, each in relations.items()
    }


def _is_unknown(relation: Relation) -> bool:
    """Tell whether its rows are worth counting: not known, or by an estimate few, which may mean none."""
    return relation.kind in (*_COUNTED, "p") and (relation.rows is None or relation.rows < counting.MOST)
