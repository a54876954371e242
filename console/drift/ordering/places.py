"""The order around tables that change their place among partitions and heirs."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.ddl.kinship import parents
from console.catalog.ddl.steps import Step
from console.catalog.model import Constraint, Index, Key, Kind, Publication, Relation, Table
from console.catalog.order import Need
from console.drift.altering import above
from console.drift.ordering.graph import Graph
from console.drift.ordering.pieces import Alter, Drop, Node

# What is said of a column and does not matter to its table's place.
_SAID = frozenset({"revoked", "granted", "comment", "labels"})


def needs(graph: Graph) -> Iterator[Need[Node]]:
    """Yield the needs of tables that stand apart for a while, or come below others; and of those that go."""
    for table in graph.decision.altered:
        if table.kind in (Kind.TABLE, Kind.FOREIGN_TABLE):
            if graph.has_part(table, "apart"):
                yield from _behind(graph, Alter(table, "apart"))
            if graph.has_part(table, "together"):
                yield from _ahead(graph, Alter(table, "together"))
    yield from _persistence(graph)
    yield from _apart_first(graph)
    yield from _taken_up_alone(graph)
    yield from _not_nulls(graph)
    yield from _columns(graph)
    yield from _toast(graph)
    yield from _heirs_that_go(graph)
    yield from _checks(graph)
    yield from _late(graph)
    yield from _pointed_at(graph)
    yield from _pointing(graph)
    for parent, children in graph.ground.a.children.items():
        if parent in graph.decision.gone:
            yield from (
                Need[Node](Drop(graph.carrier(parent)), Drop(graph.carrier(child)))
                for child in children
                if child in graph.decision.gone
            )


def _pointed_at(graph: Graph) -> Iterator[Need[Node]]:
    """A foreign key towards a partitioned table goes before the partitions of that."""
    side = graph.ground.a
    for made in side.catalog.of(Constraint):
        if made.type == "f" and made.parent is None and made.references is not None and graph.is_gone(made.key):
            for below in side.below(made.references):
                if below != made.references and graph.is_gone(below):
                    yield Need[Node](Drop(graph.carrier(below)), Drop(graph.carrier(made.key)))
                elif graph.has_part(below, "apart") and (made.table != made.references or graph.points_at_parts(made)):
                    yield Need[Node](Alter(below, "apart"), Drop(graph.carrier(made.key)), weak=True)


def _pointing(graph: Graph) -> Iterator[Need[Node]]:
    """A foreign key finds the rows of a partitioned table when its partitions are where they belong."""
    for key in graph.scene.keys:
        made = graph.ground.b.catalog.objects[key]
        if isinstance(made, Constraint) and made.type == "f" and made.references is not None:
            below = set(graph.ground.b.below(made.references)) - {made.references}
            if made.table != made.references and made.table not in below:
                steps = (step for each in below for step in _coming(graph, each))
                yield from (Need[Node](graph.first(key), step, weak=True) for step in steps)


def _persistence(graph: Graph) -> Iterator[Need[Node]]:
    """A logged table must not point at one that is not, at no moment."""
    if not any(step.part == "persistence" for step in graph.pieces):
        return
    yield from _unpublished(graph)
    for side, before in ((graph.ground.a, True), (graph.ground.b, False)):
        for made in side.catalog.of(Constraint):
            if made.type != "f" or made.references is None:
                continue
            here, there = Alter(made.table, "persistence"), Alter(made.references, "persistence")
            logged = [
                getattr(graph.ground.b.catalog.objects.get(each.of), "persistence", "p") for each in (here, there)
            ]
            yield Need[Node](here, there) if logged[0] == "p" else Need[Node](there, here)
            for each in (here, there):
                if before and made.key in graph.decision.gone:
                    yield Need[Node](each, Drop(graph.carrier(made.key)))
                elif not before and made.key in graph.scene.keys:
                    yield Need[Node](graph.first(made.key), each)


def _unpublished(graph: Graph) -> Iterator[Need[Node]]:
    """A publication lets go of a table that is not logged any more."""
    for made in graph.ground.a.catalog.of(Publication):
        for published in made.tables:
            here = Alter(published.table, "persistence")
            if here in graph.pieces and made.key in graph.decision.gone:
                yield Need[Node](here, Drop(made.key))
            elif here in graph.pieces and graph.has_part(made.key, "rest"):
                after = graph.ground.b.catalog.objects[made.key]
                if isinstance(after, Publication) and published.table not in [each.table for each in after.tables]:
                    yield Need[Node](here, Alter(made.key, "rest"))


def _apart_first(graph: Graph) -> Iterator[Need[Node]]:
    """What takes a place among partitions waits for those that leave theirs, since bounds must not overlap."""
    for parent, children in graph.ground.b.children.items():
        whole = graph.ground.b.catalog.objects.get(parent)
        leaving = [*_leaving(graph, parent)] if isinstance(whole, Table) and whole.partition_key is not None else []
        for child in children if leaving else ():
            yield from (Need[Node](coming, each) for coming in _coming(graph, child) for each in leaving)


def _taken_up_alone(graph: Graph) -> Iterator[Need[Node]]:
    """An index that is attached by itself waits for the one that takes it up."""
    for key in graph.decision.altered:
        made = graph.ground.b.catalog.objects.get(key)
        if isinstance(made, Index) and made.parent is not None and graph.has_part(key, "together"):
            above = graph.ground.b.catalog.objects.get(made.parent)
            whole = above.constraint if isinstance(above, Index) and above.constraint is not None else made.parent
            if whole in graph.scene.keys:
                yield Need[Node](Alter(key, "together"), graph.last(whole))


def _leaving(graph: Graph, parent: Key) -> Iterator[Node]:
    for child in graph.ground.a.children.get(parent, ()):
        if graph.has_part(child, "apart"):
            yield Alter(child, "apart")
        elif child in graph.decision.gone:
            yield Drop(graph.carrier(child))


def _coming(graph: Graph, child: Key) -> Iterator[Node]:
    if graph.has_part(child, "together"):
        yield Alter(child, "together")
    elif child in graph.scene.keys:
        yield graph.last(child)


def _late(graph: Graph) -> Iterator[Need[Node]]:
    """A new partition of a table that is there is attached when the keys and indexes above are made."""
    for table in graph.scene.keys:
        made = graph.ground.b.catalog.objects[table]
        if graph.scene.is_late(table):
            for part in (each for parent in parents(made) for each in graph.ground.b.parts.get(parent, ())):
                if part in graph.scene.keys and _is_taken_up(graph, part, own=False):
                    yield _attached(graph, graph.last(table), part, own=False)
            yield from _complete(graph, table, graph.last(table))
            above = (step for step in _of_columns(graph, set(parents(made))))
            yield from (Need[Node](graph.last(table), step) for step in above)


def _behind(graph: Graph, apart: Alter) -> Iterator[Need[Node]]:
    """What the table has had from above, and what is above it, is dropped and altered once it stands alone."""
    side = graph.ground.a
    made = side.catalog.objects.get(apart.of)
    around = {apart.of, *(parents(made) if made is not None else ())}
    for whole in around:
        drops = (gone for gone in graph.drops_of_parts.get(whole, ()) if not _leads_back(graph, gone))
        yield from (Need[Node](Drop(gone), apart) for gone in drops)
    yield from (Need[Node](step, apart) for step in _of_columns(graph, around))
    for part in graph.ground.b.parts.get(apart.of, ()) if apart.of in graph.ground.lent else ():
        if part in graph.scene.keys:
            yield Need[Node](graph.first(part), apart)


def _leads_back(graph: Graph, gone: Key) -> bool:
    made = graph.ground.a.catalog.objects.get(gone)
    return isinstance(made, Constraint) and made.parent is None and graph.points_at_parts(made)


def _ahead(graph: Graph, together: Alter) -> Iterator[Need[Node]]:
    """It fits below when it has the columns, checks and keys, and those above have theirs."""
    side = graph.ground.b
    made = side.catalog.objects.get(together.of)
    around = {together.of, *(parents(made) if made is not None else ())}
    for table in around:
        for part in side.parts.get(table, ()):
            if part in graph.scene.keys and _is_taken_up(graph, part, own=table == together.of):
                yield _attached(graph, together, part, own=table == together.of)
    fitting = (step for step in _of_columns(graph, around) if step.part not in _SAID)
    yield from (Need[Node](together, step) for step in fitting)
    higher = {*_tables_above(graph, together.of)} - around
    freeing = (step for step in _of_columns(graph, higher) if step.part in ("not null off", "not null"))
    yield from (Need[Node](together, step, weak=True) for step in freeing)
    yield from _complete(graph, together.of, together)


def _tables_above(graph: Graph, table: Key) -> Iterator[Key]:
    made = graph.ground.b.catalog.objects.get(table)
    for upper in parents(made) if made is not None else ():
        yield upper
        yield from _tables_above(graph, upper)


def _attached(graph: Graph, attached: Alter | Step, part: Key, *, own: bool) -> Need[Node]:
    """Return which comes first: an index above of which the table has no part would give it one, if it were there."""
    side = graph.ground.b
    table = attached.of if isinstance(attached, Alter) else attached.key
    made = side.catalog.objects[part]
    if not own and isinstance(made, Index) and made.constraint is None:
        below = (side.catalog.objects[each] for each in side.parts.get(table, ()))
        if part not in [each.parent for each in below if isinstance(each, Index)]:
            return Need[Node](graph.first(part), attached)
    if not own and isinstance(made, Constraint | Index) and _is_of_another_sort(graph, table, made):
        return Need[Node](graph.first(part), attached)
    return Need[Node](attached, graph.first(part))


def _is_of_another_sort(graph: Graph, table: Key, made: Constraint | Index) -> bool:
    """Tell whether a partition's primary key is part of a UNIQUE, which takes it up only when it is made itself."""
    side = graph.ground.b
    key = made.constraint if isinstance(made, Index) else made.key
    whole = side.catalog.objects.get(key) if key is not None else None
    below = (side.catalog.objects[each] for each in side.parts.get(table, ()))
    keys = (each.type for each in below if isinstance(each, Constraint) and each.parent == key)
    return isinstance(whole, Constraint) and whole.type in "pu" and any(each != whole.type for each in keys)


def _is_taken_up(graph: Graph, part: Key, *, own: bool) -> bool:
    """Tell whether it matters to a table's new place; its own foreign keys come with the place."""
    made = graph.ground.b.catalog.objects[part]
    if not isinstance(made, Constraint | Index):
        return False
    return not (own and isinstance(made, Constraint) and made.type == "f")


def _complete(graph: Graph, table: Key, attached: Node) -> Iterator[Need[Node]]:
    """An index of a partitioned table is only taken up when all partitions below have theirs."""
    for below in graph.ground.b.below(table):
        for part in graph.ground.b.parts.get(below, ()) if below != table else ():
            if part in graph.scene.keys and _is_taken_up(graph, part, own=True):
                yield Need[Node](attached, graph.last(part))
            if graph.has_part(part, "together"):
                yield Need[Node](attached, Alter(part, "together"))


def _not_nulls(graph: Graph) -> Iterator[Need[Node]]:
    """NOT NULL goes from the top down; one with a name of its own comes before it is reached from above."""
    for key in graph.decision.altered:
        if key.kind is not Kind.COLUMN or not (graph.has_part(key, "not null") or graph.has_part(key, "not null off")):
            continue
        off, on = Alter(key, "not null off"), Alter(key, "not null")
        for upper in above.columns(graph.ground, key):
            upper_off, upper_on = Alter(upper, "not null off"), Alter(upper, "not null")
            yield from (Need[Node](off, upper_off), Need[Node](upper_on, off), Need[Node](on, upper_off))
            first = above.is_first(graph.ground, key, upper)
            yield Need[Node](upper_on, on) if first else Need[Node](on, upper_on)


def _columns(graph: Graph) -> Iterator[Need[Node]]:
    """What is said of an heir's column comes behind the one above; one of its own outlives that and is there before."""
    for key in graph.decision.altered:
        for upper in _all_above(graph, key) if key.kind is Kind.COLUMN else ():
            for piece in graph.decision.altered[key]:
                come = Alter(upper, "add")
                own = Alter(key, piece.part)
                first = piece.part in ("add", "type off", "type")  # it has to be of the type that comes from above
                yield Need[Node](come, own) if first else Need[Node](own, come)
                if piece.part == "default":
                    yield Need[Node](Alter(key, "default"), Alter(upper, "expression off"))
                    yield Need[Node](Alter(key, "default"), Alter(upper, "expression"))
    for key in graph.decision.gone:
        for upper in above.columns(graph.ground, key) if key.kind is Kind.COLUMN else ():
            if upper in graph.decision.gone:
                yield Need[Node](Drop(graph.carrier(key)), Drop(graph.carrier(upper)))


def _toast(graph: Graph) -> Iterator[Need[Node]]:
    """A table has its TOAST table from its first long column on, and only then options for it."""
    for key, pieces in graph.decision.altered.items():
        relation = graph.ground.b.relation(key) if key.kind is Kind.COLUMN else None
        if relation is not None and graph.has_part(relation, "toast"):
            yield from (Need[Node](Alter(relation, "toast"), Alter(key, each.part)) for each in pieces)


def _heirs_that_go(graph: Graph) -> Iterator[Need[Node]]:
    """An heir goes before columns above it go or change, which would reach what depends on its own."""
    for table in graph.decision.gone:
        made = graph.ground.a.catalog.objects.get(table)
        for upper in parents(made) if made is not None else ():
            whole = graph.ground.a.catalog.objects.get(upper)
            for column in whole.columns if isinstance(whole, Relation) and upper not in graph.decision.gone else ():
                key = Key(Kind.COLUMN, upper.schema, column.name, upper.name)
                if key in graph.decision.gone:
                    yield Need[Node](Drop(graph.carrier(key)), Drop(graph.carrier(table)))
                for part in ("type off", "type"):
                    if graph.has_part(key, part):
                        yield Need[Node](Alter(key, part), Drop(graph.carrier(table)))


def _all_above(graph: Graph, column: Key) -> Iterator[Key]:
    for upper in above.columns(graph.ground, column):
        yield upper
        yield from _all_above(graph, upper)


def _checks(graph: Graph) -> Iterator[Need[Node]]:
    """A check of an heir's own outlives the one above and goes behind it; it is there before that comes."""
    ground = graph.ground
    for key in graph.decision.gone:
        made = ground.a.catalog.objects.get(key)
        if isinstance(made, Constraint) and made.type == "c" and made.local and made.inherited:
            for upper in above.checks(ground, made):
                if upper in graph.decision.gone:
                    yield Need[Node](Drop(graph.carrier(key)), Drop(graph.carrier(upper)))
        elif isinstance(made, Constraint) and made.type == "c":
            for upper in above.checks(ground, made):
                if upper in graph.scene.keys:
                    yield Need[Node](graph.first(upper), Drop(graph.carrier(key)))
    for key in graph.scene.keys:
        made = ground.b.catalog.objects[key]
        if isinstance(made, Constraint) and made.type == "c" and made.local and made.inherited:
            for upper in above.checks(ground, made):
                if upper in graph.scene.keys and not graph.scene.is_inline(made):
                    yield Need[Node](graph.first(upper), graph.last(key))


def _of_columns(graph: Graph, tables: set[Key]) -> Iterator[Alter]:
    for table in tables:
        yield from graph.pieces_of_columns.get(table, ())
