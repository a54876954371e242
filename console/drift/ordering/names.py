"""Names are free when what had them is gone: relations, types and routines share theirs across kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from console.catalog.model import Constraint, Identity, Key, Kind, Object, Range
from console.catalog.order import Need
from console.drift.altering.counting import sequence
from console.drift.ordering.graph import Graph
from console.drift.ordering.pieces import Alter, Aside, Drop, Node
from console.sql.quoting import dotted

_RELATIONS = frozenset(
    {Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.INDEX, Kind.SEQUENCE, Kind.TYPE}
)
_TYPES = frozenset(
    {Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.TYPE, Kind.DOMAIN, Kind.SEQUENCE}
)
_ROUTINES = frozenset({Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE})
_NAMED_BY_TYPES = _ROUTINES | {Kind.OPERATOR, Kind.CAST, Kind.TRANSFORM}


def needs(graph: Graph) -> Iterator[Need[Node]]:
    """Yield what has to be gone before something of the same name comes."""
    taken: defaultdict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key in graph.decision.gone:
        for name in rooms(key, graph.ground.a.catalog.objects):
            taken[name].append(key)
    for key in graph.scene.keys:
        for name in rooms(key, graph.ground.b.catalog.objects):
            for gone in taken.get(name, ()):
                yield Need[Node](graph.first(key), _freed(graph, gone))
    yield from _put_aside(graph)
    yield from _of_columns(graph)
    yield from _of_identities(graph)


def _freed(graph: Graph, gone: Key) -> Node:
    return Aside(gone) if gone in graph.decision.aside else Drop(graph.carrier(gone))


def _put_aside(graph: Graph) -> Iterator[Need[Node]]:
    """What was put aside is dropped when the new one is there, and its columns have come over to that."""
    for key in graph.decision.aside:
        yield Need[Node](Drop(key), Aside(key))
        if key in graph.scene.keys:
            yield Need[Node](Drop(key), graph.last(key))
        for edge in graph.ground.a.dependents.get(key, ()):
            # Its old name is part of theirs.
            if edge.dependent.kind in _NAMED_BY_TYPES and graph.is_gone(edge.dependent):
                yield Need[Node](Aside(key), Drop(graph.carrier(edge.dependent)))


def _of_columns(graph: Graph) -> Iterator[Need[Node]]:
    for key in graph.decision.come:
        if key.kind is Kind.COLUMN and key in graph.decision.gone and graph.has_part(key, "add"):
            yield Need[Node](Alter(key, "add"), Drop(graph.carrier(key)))


def _of_identities(graph: Graph) -> Iterator[Need[Node]]:
    """The sequence behind an identity column comes and goes with it, and has a name as any other."""
    leaving = {each.sequence: step for step in graph.pieces if (each := _left(graph, step)) is not None}
    for step in graph.pieces:
        if step.of.kind is not Kind.COLUMN:
            continue
        was, now = graph.ground.a.column(step.of), graph.ground.b.column(step.of)
        goes = was.identity if step.part == "identity off" and was is not None else None
        if goes is not None and goes.sequence in graph.scene.keys and goes.sequence not in graph.decision.aside:
            yield Need[Node](graph.first(goes.sequence), step)
        comes = now.identity if step.part in ("identity", "add") and now is not None else None
        if comes is not None and comes.sequence in graph.decision.gone:
            yield Need[Node](step, _freed(graph, comes.sequence))
        if comes is not None and comes.sequence in leaving:
            yield Need[Node](step, leaving[comes.sequence])
        if step.part in ("identity", "count"):
            yield from _of_counting(graph, step)


def _left(graph: Graph, step: Alter) -> Identity | None:
    """Return what a column stops to be counted by."""
    was = graph.ground.a.column(step.of) if step.part == "identity off" else None
    return was.identity if was is not None else None


def _of_counting(graph: Graph, step: Alter) -> Iterator[Need[Node]]:
    """The sequence that counted until now goes when the new one has gone on from it."""
    old = sequence(graph.ground.a, step.of)
    if old is not None and old in graph.decision.gone:
        yield Need[Node](Drop(graph.carrier(old)), step)
        if old in graph.decision.aside:
            yield Need[Node](step, Aside(old))


def _multirange(name: str) -> str:
    """Return the name that the server chooses for the multiranges of a range.

    >>> _multirange("span"), _multirange("day_range")
    ('span_multirange', 'day_multirange')
    """
    return name.replace("range", "multirange", 1) if "range" in name else f"{name}_multirange"


def rooms(key: Key, objects: Mapping[Key, Object]) -> Iterator[tuple[str, str, str]]:
    """Yield the names that an object takes, each with the room in which no other may have it."""
    if key.kind is Kind.COLUMN:
        return
    if key.kind in _RELATIONS:
        yield "relation", key.schema, key.name
    if key.kind in _TYPES:
        yield "type", "", dotted(key.schema, key.name)
    if key.kind in _ROUTINES:
        yield "routine", key.schema, f"{key.name}({key.args})"
    if key.kind not in _RELATIONS | _TYPES | _ROUTINES:
        yield f"{key.kind} {key.parent}", key.schema, f"{key.name} {key.args}"
    made = objects.get(key)
    if isinstance(made, Range):
        yield "type", "", made.multirange or dotted(key.schema, _multirange(key.name))
    if isinstance(made, Constraint) and made.index is not None and made.type in "pux":
        yield "relation", made.index.schema, made.index.name
