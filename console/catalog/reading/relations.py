"""Builds tables of every sort, views, materialised views and sequences."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from console.catalog.model import (
    Column,
    ForeignTable,
    Key,
    Kind,
    MaterializedView,
    Measure,
    Sequence,
    Table,
    View,
)
from console.catalog.reading import classes
from console.catalog.reading.columns import counting
from console.catalog.reading.ground import Ground, options, secretless

_PAGE = 8192
KINDS = {
    "r": Kind.TABLE,
    "p": Kind.TABLE,
    "f": Kind.FOREIGN_TABLE,
    "v": Kind.VIEW,
    "m": Kind.MATERIALIZED_VIEW,
    "S": Kind.SEQUENCE,
    "c": Kind.TYPE,
}
_Row = tuple[Any, ...]


def ours(ground: Ground) -> dict[int, _Row]:
    """Return the rows of the relations to build, composite types among them, by oid, and name them on the ground."""
    relations = {row[0]: row for row in ground.rows["relations"] if ground.ours(classes.CLASS, row[0], row[1])}
    for oid, row in relations.items():
        ground.keys[classes.CLASS, oid] = Key(KINDS[row[3]], ground.schemas[row[1]], row[2])
    return relations


def build(ground: Ground, relations: dict[int, _Row], columns: dict[int, tuple[Column, ...]]) -> None:
    """Add all relations except composite types."""
    tables = _Tables(ground)
    views: dict[int, str | None] = dict(ground.rows["views"])
    for oid, row in relations.items():
        key, own = ground.keys[classes.CLASS, oid], columns.get(oid, ())
        _measure(ground, key, row)
        if row[3] in "rp":
            ground.add(classes.CLASS, tables.table(key, row, own))
        elif row[3] == "f":
            ground.add(classes.CLASS, tables.foreign(key, row, own))
        elif row[3] in "vm":
            ground.add(classes.CLASS, _view(ground, key, row, own, views.get(oid)))
        if oid in ground.locks or any(column.locked for column in own):
            ground.hide(key, oid)
    _sequences(ground, relations)


def _measure(ground: Ground, key: Key, row: _Row) -> None:
    if row[3] not in "vc":
        ground.measures[key] = Measure(int(row[6]) if row[6] >= 0 else None, max(row[7], 0) * _PAGE)


class _Tables:
    """Tables with their parents, partition keys and bounds at hand."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._bounds = {oid: (key, bound) for oid, key, bound in ground.rows["partitions"]}
        self._foreign = {oid: (server, entries) for oid, server, entries in ground.rows["foreign_tables"]}
        self._detaching = {child for child, _, detaching in ground.rows["inheritance"] if detaching}
        self._parents: dict[int, list[int]] = defaultdict(list)
        for child, parent, _ in ground.rows["inheritance"]:
            self._parents[child].append(parent)

    def table(self, key: Key, row: _Row, columns: tuple[Column, ...]) -> Table:
        """Return an ordinary or partitioned table."""
        return Table(
            key=key,
            columns=columns,
            options=options(row[15]),
            persistence=row[5],
            access_method=row[13] or "",
            tablespace=row[14] or "",
            toast_options=options(row[16]),
            of_type=row[17],
            partition_key=self._bounds.get(row[0], (None, None))[0],
            detaching=row[0] in self._detaching,
            row_security=row[8],
            force_row_security=row[9],
            replica_identity=row[10],
            **self._place(row),
            **self._ground.owned(classes.CLASS, row[0], row[4]),
        )

    def foreign(self, key: Key, row: _Row, columns: tuple[Column, ...]) -> ForeignTable:
        """Return a foreign table."""
        server, entries = self._foreign.get(row[0], ("", None))
        shown, hidden = secretless(entries)
        return ForeignTable(
            key=key,
            columns=columns,
            server=server,
            fdw_options=shown,
            hidden=hidden,
            **self._place(row),
            **self._ground.owned(classes.CLASS, row[0], row[4]),
        )

    def _place(self, row: _Row) -> dict[str, Any]:
        """Return the fields that say below which parents a table stands."""
        parents = [self._ground.relation(parent) for parent in self._parents.get(row[0], ())]
        known = tuple(parent for parent in parents if parent is not None)
        if not row[11]:
            return {"inherits": known}
        bound = self._bounds.get(row[0], (None, None))[1]
        return {"partition_of": known[0] if known else None, "partition_bound": bound}


def _view(
    ground: Ground, key: Key, row: _Row, columns: tuple[Column, ...], definition: str | None
) -> View | MaterializedView:
    if definition is None:
        ground.hide(key, row[0])
    else:
        definition = definition.removesuffix(";")
    owned = ground.owned(classes.CLASS, row[0], row[4])
    if row[3] == "v":
        return View(key=key, columns=columns, options=options(row[15]), definition=definition, **owned)
    return MaterializedView(
        key=key,
        columns=columns,
        options=options(row[15]),
        definition=definition,
        populated=row[12],
        access_method=row[13] or "",
        tablespace=row[14] or "",
        toast_options=options(row[16]),
        **owned,
    )


def _sequences(ground: Ground, relations: dict[int, _Row]) -> None:
    for row in ground.rows["sequences"]:
        relation = relations.get(row[0])
        if relation is None:
            continue
        identity = row[10] == "i"
        sequence = Sequence(
            key=ground.keys[classes.CLASS, row[0]],
            options=None if identity else counting(row),
            persistence=relation[5],
            owned_by=_column(ground, row[8], row[9]),
            identity=identity,
            **ground.owned(classes.CLASS, row[0], relation[4]),
        )
        ground.add(classes.CLASS, sequence)


def _column(ground: Ground, relation: int | None, number: int | None) -> Key | None:
    table = ground.relation(relation) if relation else None
    names = ground.column_names(relation or 0, (number or 0,))
    return Key(Kind.COLUMN, table.schema, names[0], table.name) if table and names else None
