"""What each step of a plan waits for: drops behind those that depend, makes behind what they need, names made free."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from console.catalog.ddl import needs as making
from console.catalog.ddl.steps import Step, steps
from console.catalog.model import Constraint, Edge, Extension, Index, Key, Kind, MaterializedView, Publication, Sequence
from console.catalog.order import Need
from console.drift.ground import Side
from console.drift.ordering import names, places
from console.drift.ordering.graph import Graph
from console.drift.ordering.pieces import CALLED, Alter, Aside, Drop, Node

_TABLES = (Kind.TABLE, Kind.FOREIGN_TABLE)
_READ = frozenset({Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FUNCTION})
_SAID = frozenset({"revoked", "granted", "comment", "labels"})  # of a column, and bound to nothing
_HOLDING = (Kind.COLUMN, Kind.TYPE, Kind.DOMAIN)
_UNCALLING = frozenset({"type off", "type", "not null", "not null off", "rest", "comment", "labels"})
# What cannot be done to a column while something depends on it.
_UPSETTING = frozenset({"type off", "type", "not null off", "attributes off"})


def needs(graph: Graph) -> Iterator[Need[Node]]:
    """Yield what the steps of a graph need of each other."""
    yield from _of_making(graph)
    yield from _of_pieces(graph)
    for edge in graph.ground.a.leading_to({*graph.decision.gone, *graph.decision.altered, *graph.taken}):
        yield from _before(graph, edge)
    for edge in graph.ground.b.leading_to({*graph.scene.keys, *graph.decision.altered}):
        yield from _after(graph, edge)
    yield from _of_casts(graph)
    yield from _of_filling(graph)
    yield from _of_owned_sequences(graph)
    yield from _of_rows(graph)
    yield from _of_schemas(graph)
    yield from _of_extensions(graph)
    yield from _around(graph)
    yield from places.needs(graph)
    yield from names.needs(graph)


def _of_making(graph: Graph) -> Iterator[Need[Node]]:
    """What the statements of the catalog need; what is attached with its table does not wait for what it joins."""
    for need in making.needs(graph.scene):
        made = graph.ground.b.catalog.objects.get(need.node.key)
        joins = isinstance(made, Constraint | Index) and need.needed.key == made.parent
        if not (joins and graph.adopted(need.node.key)):
            yield Need[Node](need.node, need.needed, need.weak)


def _of_pieces(graph: Graph) -> Iterator[Need[Node]]:
    """The parts of one object in turn, and what is granted on its columns around its new owner."""
    for key, pieces in graph.decision.altered.items():
        for earlier, later in itertools.pairwise(pieces):
            yield Need[Node](Alter(key, later.part), Alter(key, earlier.part))
        relation = graph.ground.b.relation(key) if key.kind is Kind.COLUMN else None
        if relation is not None and graph.has_part(relation, "owner"):
            owner = Alter(relation, "owner")
            for part in ("revoked", "granted"):
                if graph.has_part(key, part):
                    yield Need[Node](Alter(key, part), owner)
        for part in ("revoked", "granted") if relation is not None and graph.has_part(key, "add") else ():
            # The one may speak of a column by its name, which comes anew.
            yield Need[Node](Alter(relation or key, part), Alter(key, "add"), weak=True)
        for part in ("revoked", "granted") if relation is not None and graph.has_part(key, "granted") else ():
            # The one takes it from columns, too; who was given it by the other may pass it on.
            yield Need[Node](Alter(key, "granted"), Alter(relation or key, part))


def _around(graph: Graph) -> Iterator[Need[Node]]:
    """What is bound to a column's type by more than a dependency leaves before and comes back behind."""
    for outer, inner in graph.decision.around:
        yield Need[Node](Alter(inner, "type"), Alter(outer, "type off"))
        yield Need[Node](Alter(inner, "type off"), Alter(outer, "type off"))
        yield Need[Node](Alter(outer, "type"), Alter(inner, "type"))


def _before(graph: Graph, edge: Edge) -> Iterator[Need[Node]]:
    """What depended on something lets go of it before that is taken away or changed."""
    if _goes_with_the_whole(graph, edge):
        return
    going = list(_going(graph, edge.referenced))
    if going and edge.dependent in graph.decision.aside and edge.referenced.kind in CALLED:
        yield from (Need[Node](each, Aside(edge.dependent)) for each in going)  # its checks are taken off then
    elif going:
        for freeing in _freeing(graph, edge.dependent):
            if _concerns(freeing, edge):
                yield from (Need[Node](each, freeing) for each in going)


def _goes_with_the_whole(graph: Graph, edge: Edge) -> bool:
    """Tell whether a partition's foreign key goes with the partitioned table's: the partition may go later."""
    made = graph.ground.a.catalog.objects.get(edge.dependent)
    return isinstance(made, Constraint) and made.type == "f" and made.parent == edge.referenced


def _concerns(node: Node, edge: Edge) -> bool:
    """Tell whether a part of a column or table is the one that is bound: a column's type calls nothing."""
    if isinstance(node, Alter) and edge.dependent.kind in _TABLES and edge.referenced.kind in (*_TABLES, Kind.TYPE):
        return node.part in ("apart", "together")  # below another table, or of a type
    if isinstance(node, Alter) and edge.dependent.kind is Kind.COLUMN and node.part in _SAID:
        return False
    called = edge.referenced.kind in CALLED and edge.dependent.kind is Kind.COLUMN
    return not (called and isinstance(node, Alter) and node.part in _UNCALLING)


def _freeing(graph: Graph, key: Key) -> Iterator[Node]:
    """Yield the steps after which something does not depend on anything it depended on."""
    if graph.is_gone(key):
        yield Drop(graph.carrier(key))
    else:
        yield from (Alter(key, each.part) for each in graph.decision.altered.get(key, ()) if each.lets_go)


def _going(graph: Graph, key: Key) -> Iterator[Node]:
    """Yield the steps that take away, or change, what somebody depended on."""
    if graph.is_gone(key):
        yield Drop(graph.carrier(key))
    elif key in graph.taken:
        yield Drop(graph.carrier(graph.taken[key]))
    else:
        pieces = graph.decision.altered.get(key, ())
        yield from (Alter(key, each.part) for each in pieces if each.part in _UPSETTING)


def _after(graph: Graph, edge: Edge) -> Iterator[Need[Node]]:
    """What depends on something comes behind it; among what is made, that is said already."""
    coming = list(_coming(graph, edge.referenced))
    if coming:
        for taking in _taking(graph, edge.dependent):
            for each in coming:
                made = isinstance(taking, Step) and isinstance(each, Step)
                if not made and _concerns(taking, edge) and not _is_called_later(graph, taking, edge):
                    yield Need[Node](taking, each)


def _is_called_later(graph: Graph, taking: Node, edge: Edge) -> bool:
    """Tell whether a column is added without the default that calls something, and gets that later."""
    added = isinstance(taking, Alter) and taking.part == "add" and edge.referenced.kind in CALLED
    return added and graph.has_part(edge.dependent, "default")


def _taking(graph: Graph, key: Key) -> Iterator[Node]:
    whole = graph.scene.whole(key)
    if key in graph.decision.altered:
        yield from (Alter(key, each.part) for each in graph.decision.altered[key] if each.takes)
    elif whole is not None and whole in graph.scene.keys:
        # A sequence is tied to its column last.
        yield graph.last(whole) if whole.kind is Kind.SEQUENCE else graph.first(whole)


def _coming(graph: Graph, key: Key) -> Iterator[Node]:
    whole = graph.scene.whole(key)
    if key in graph.decision.altered:
        added = key.kind is Kind.COLUMN and graph.has_part(key, "add")
        parts = (each.part for each in graph.decision.altered[key])
        yield from (Alter(key, part) for part in parts if not (added and part == "default"))  # nobody waits for that
    elif whole is not None and whole in graph.scene.keys:
        yield graph.first(whole) if whole.kind is Kind.SEQUENCE else graph.last(whole)


def _of_casts(graph: Graph) -> Iterator[Need[Node]]:
    """Who speaks of a cast's function or types may mean the cast, of which the server keeps no account."""
    side = graph.ground.b
    for key in graph.scene.keys:
        if key.kind is not Kind.CAST:
            continue
        for needed in side.needed.get(key, ()):
            speaking = {edge.dependent for edge in side.dependents.get(needed, ())}
            routines = [each for each in speaking if each.kind in (Kind.FUNCTION, Kind.AGGREGATE)]
            speaking |= {edge.dependent for routine in routines for edge in side.dependents.get(routine, ())}
            for dependent in sorted(each for each in speaking if each.kind is not Kind.CAST):
                yield from (Need[Node](each, graph.first(key), weak=True) for each in _taking(graph, dependent))


def _of_filling(graph: Graph) -> Iterator[Need[Node]]:
    """A materialised view is filled after those that it reads, be it through views and functions between them."""
    filled = {made.key: node for made in graph.ground.b.catalog.of(MaterializedView) for node in _filling(graph, made)}
    for key, node in filled.items():
        seen, todo = {key}, [key]
        while todo:
            for needed in graph.ground.b.needed.get(todo.pop(), ()):
                read = graph.ground.b.relation(needed) or needed
                if read not in seen and read.kind in _READ:
                    seen.add(read)
                    todo.append(read)
        yield from (Need[Node](node, filled[each]) for each in seen & filled.keys() if each != key)


def _filling(graph: Graph, made: MaterializedView) -> Iterator[Node]:
    if made.populated and graph.has_part(made.key, "populated"):
        yield Alter(made.key, "populated")
    elif made.populated and made.key in graph.scene.keys:
        yield graph.last(made.key)


def _of_owned_sequences(graph: Graph) -> Iterator[Need[Node]]:
    """A sequence that belongs to a column has the table's owner: it is tied, and granted, when that is the new one."""
    for made in graph.ground.b.catalog.of(Sequence):
        table = graph.ground.b.relation(made.owned_by) if made.owned_by is not None else None
        if table is None or not graph.has_part(table, "owner"):
            continue
        owner = Alter(table, "owner")
        for part in ("together", "revoked", "granted"):
            if graph.has_part(made.key, part):
                yield Need[Node](Alter(made.key, part), owner)
        if made.key in graph.scene.keys:
            yield Need[Node](graph.last(made.key), owner)


def _of_rows(graph: Graph) -> Iterator[Need[Node]]:
    """What takes up rows of a table comes behind what rewrites that, and what gives them up goes before."""
    for step in graph.pieces:
        if step.of.kind is Kind.COLUMN and step.part in ("type", "add"):
            for holder in _holders(graph.ground.b, step.of):
                yield from (Need[Node](each, step, weak=True) for each in _taking(graph, holder))
            kept = {*_holders(graph.ground.b, step.of)}
            for holder in _holders(graph.ground.a, step.of):
                if holder not in kept:
                    yield from (Need[Node](step, each, weak=True) for each in _freeing(graph, holder))


def _holders(side: Side, column: Key) -> Iterator[Key]:
    """Yield the columns, types and domains that hold rows of a column's table."""
    relation = side.relation(column)
    for edge in side.dependents.get(relation, ()) if relation is not None else ():
        own = side.relation(edge.dependent) == relation
        if edge.referenced == relation and edge.dependent.kind in _HOLDING and not own:
            yield edge.dependent


def _of_schemas(graph: Graph) -> Iterator[Need[Node]]:
    """A schema goes behind what is in it, and comes before; that is no edge."""
    for key in graph.drops:
        schema = Key(Kind.SCHEMA, "", key.schema)
        if schema in graph.decision.gone and schema != key:
            yield Need[Node](Drop(schema), Drop(key))
    for step in graph.pieces:
        schema = Key(Kind.SCHEMA, "", step.of.schema)
        if step.part == "granted":  # by somebody who has to find it
            yield Need[Node](step, Alter(schema, "granted"))
        elif step.part == "revoked":
            yield Need[Node](Alter(schema, "revoked"), step)
        made = graph.ground.b.catalog.objects.get(step.of)
        published = made.schemas if isinstance(made, Publication) else ()
        for needed in (schema, *(Key(Kind.SCHEMA, "", name) for name in published)):
            if needed in graph.scene.keys:
                yield Need[Node](step, graph.first(needed))


def _of_extensions(graph: Graph) -> Iterator[Need[Node]]:
    """The schema to which an extension goes is there before, the one that it leaves can go behind it."""
    for key in graph.decision.altered:
        before, after = graph.ground.a.catalog.objects.get(key), graph.ground.b.catalog.objects.get(key)
        if isinstance(before, Extension) and isinstance(after, Extension) and before.schema != after.schema:
            came, left = Key(Kind.SCHEMA, "", after.schema), Key(Kind.SCHEMA, "", before.schema)
            if came in graph.scene.keys:
                yield Need[Node](Alter(key, "schema"), graph.first(came))
            if left in graph.decision.gone:
                yield Need[Node](Drop(left), Alter(key, "schema"))
    for key in graph.decision.gone:
        before = graph.ground.a.catalog.objects[key] if key.kind is Kind.EXTENSION else None
        if isinstance(before, Extension) and Key(Kind.SCHEMA, "", before.schema) in graph.decision.gone:
            yield Need[Node](Drop(Key(Kind.SCHEMA, "", before.schema)), Drop(key))


__all__ = ["needs", "steps"]
