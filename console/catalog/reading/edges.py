"""Builds the dependency edges between identities."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from console.catalog.model import Edge, Key, Kind
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground


def build(ground: Ground) -> None:
    """Add all edges, each once, in a stable order; what is not on the ground has none."""
    for oid, relation, number, _ in ground.rows["defaults"]:
        table = ground.relation(relation)
        names = ground.columns.get(relation, {})
        if table is not None and number in names:
            ground.keys[classes.ATTRDEF, oid] = Key(Kind.COLUMN, table.schema, names[number], table.name)
    extensions = {row[0]: Key(Kind.EXTENSION, "", row[1]) for row in ground.rows["extensions"]}
    found: set[Edge] = set()
    for row in ground.rows["dependencies"]:
        edge = _edge(ground, row, extensions)
        if edge is not None:
            found.add(edge)
    ground.edges = sorted(found)
    _tie(ground, [edge for edge in ground.edges if edge.deptype == "x"])


def _tie(ground: Ground, edges: list[Edge]) -> None:
    """Tell objects of the extensions with which they go."""
    for edge in edges:
        made = ground.objects.get(edge.dependent)
        if made is not None:
            ground.objects[made.key] = replace(made, extensions=(*made.extensions, edge.referenced.name))


def _edge(ground: Ground, row: tuple[Any, ...], extensions: dict[int, Key]) -> Edge | None:
    dependent = _find(ground, row[0], row[1], row[2])
    if dependent is None:
        return None
    extension = ground.members.get((row[3], row[4]))
    referenced = extensions.get(extension) if extension else _find(ground, row[3], row[4], row[5])
    if referenced is None or referenced == dependent or _is_its_own(dependent, referenced):
        return None
    return Edge(dependent, referenced, row[6])


def _find(ground: Ground, catalog: int, oid: int, number: int) -> Key | None:
    key = ground.keys.get((catalog, oid)) if catalog != classes.CLASS or oid not in ground.unread else None
    if key is None or not number or catalog != classes.CLASS or key.kind is Kind.TYPE:
        return key
    name = ground.columns.get(oid, {}).get(number)
    return Key(Kind.COLUMN, key.schema, name, key.name) if name is not None else key


def _is_its_own(dependent: Key, referenced: Key) -> bool:
    """Tell whether one is the relation that the other is a part of, which the keys say already."""
    return dependent.parent == referenced.name and dependent.schema == referenced.schema and not referenced.parent
