"""What each step waits for: by the server's account, by an object's own fields, and by what its source speaks of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from console.catalog import implied
from console.catalog.ddl import sources
from console.catalog.ddl.kinship import parents
from console.catalog.ddl.scene import Scene
from console.catalog.ddl.steps import Stage, Step, steps
from console.catalog.model import (
    BaseType,
    Constraint,
    Extension,
    ForeignTable,
    Index,
    Key,
    Kind,
    MaterializedView,
    Object,
    OperatorFamily,
    Policy,
    Publication,
    Range,
    Rule,
    Sequence,
    Server,
    Statistics,
    Table,
    Trigger,
    UserMapping,
)
from console.catalog.order import Need

# What a default, a check or a generating expression calls, and a column's type does not.
_CALLED = frozenset({Kind.FUNCTION, Kind.AGGREGATE, Kind.OPERATOR, Kind.SEQUENCE, Kind.CAST})
_READ = frozenset({Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FUNCTION})


def needs(scene: Scene) -> Iterator[Need[Step]]:
    """Return the needs of all steps of a scene."""
    for key in scene.keys:
        made = scene.catalog.objects[key]
        yield from _of_server(scene, made)
        yield from _of_stages(scene, made)
        yield from (Need(Step(key, Stage.BODY), Step(needed, Stage.BODY)) for needed in _by_itself(scene, made))
        yield from (
            Need(Step(key, Stage.BODY), Step(wished, Stage.BODY), weak=True) for wished in sources.wishes(scene, made)
        )


def _of_server(scene: Scene, made: Object) -> Iterator[Need[Step]]:
    """Say what the server's own dependencies ask for."""
    for needed in scene.needs.get(made.key, ()):
        other = scene.catalog.objects[needed]
        if isinstance(made, Sequence):
            stage = Stage.BODY if made.identity else Stage.REST
        elif isinstance(made, OperatorFamily) or (scene.is_bare(made) and needed.kind in _CALLED):
            stage = Stage.REST
        else:
            stage = Stage.BODY
        if isinstance(made, Constraint) and implied.is_forerunner(made) and needed == made.parent:
            continue
        yield Need(Step(made.key, stage), Step(needed, _ready(scene, made, other)))
        if isinstance(made, Constraint) and scene.is_inline(made) and getattr(other, "table", None) != made.table:
            yield Need(Step(made.table, Stage.BODY), Step(needed, _ready(scene, made, other)))


def _ready(scene: Scene, made: Object, needed: Object) -> Stage:
    """Return how far what is needed must be: what it is itself made of can only ask for its shell."""
    if not scene.has_shell(needed):
        return Stage.BODY
    if isinstance(needed, BaseType | Range):
        return Stage.SHELL if made.key in scene.needs.get(needed.key, ()) else Stage.BODY
    return Stage.SHELL if made.key in scene.knots else Stage.BODY


def _of_stages(scene: Scene, made: Object) -> Iterator[Need[Step]]:
    stages = tuple(steps(scene, made.key))
    yield from (Need(later, earlier) for earlier, later in itertools.pairwise(stages))
    if isinstance(made, Sequence) and made.owned_by is not None and (table := scene.whole(made.owned_by)):
        yield Need(Step(made.key, Stage.BODY if made.identity else Stage.REST), Step(table, Stage.BODY))
    if isinstance(made, MaterializedView):
        yield from _filled_first(scene, made)
    if isinstance(made, Constraint | Index) and (scene.choice.together or scene.is_late(made.table)):
        yield Need(Step(made.table, Stage.REST), stages[-1])
    if isinstance(made, Trigger) and made.parent is not None:
        yield Need(stages[0], Step(made.table, Stage.REST))


def _filled_first(scene: Scene, made: MaterializedView) -> Iterator[Need[Step]]:
    """A materialised view is filled after those it reads from."""
    reads, seen = [made.key], {made.key}
    while reads:
        for needed in scene.needs.get(reads.pop(), ()):
            if needed in seen or needed.kind not in _READ:
                continue
            seen.add(needed)
            reads.append(needed)
            yield Need(Step(made.key, Stage.REST), Step(needed, Stage.REST))


def _by_itself(scene: Scene, made: Object) -> Iterator[Key]:
    """Say what an object's own fields ask for."""
    if made.key.schema:
        yield Key(Kind.SCHEMA, "", made.key.schema)
    match made:
        case Table() | ForeignTable():
            yield from parents(made)
        case Constraint():
            yield made.table
            yield from _after_children(scene, made.table)
            yield from scene.forerunners.get(made.key, ())
            if made.references is not None:
                yield made.references
            if made.parent is not None and not implied.is_forerunner(made):
                yield made.parent
            yield from _named_parts(scene, made)
            yield from scene.inherited_from(made)
        case Index():
            yield made.table
            yield from _after_children(scene, made.table)
            yield from (key for key in (made.constraint, made.parent) if key is not None)
        case Trigger() | Rule() | Policy() | Statistics():
            yield made.table
            if isinstance(made, Trigger) and made.parent is not None:
                yield made.parent
        case Extension():
            yield Key(Kind.SCHEMA, "", made.schema)
        case Server():
            yield Key(Kind.FOREIGN_DATA_WRAPPER, "", made.wrapper)
        case UserMapping():
            yield Key(Kind.SERVER, "", made.server)
        case Publication():
            yield from (each.table for each in made.tables)
            yield from (Key(Kind.SCHEMA, "", schema) for schema in made.schemas)


def _named_parts(scene: Scene, made: Constraint) -> Iterator[Key]:
    """A partition's key needs the partitioned table's index, to which it is tied."""
    index = scene.indexes.get(made.index) if made.index is not None else None
    if index is not None and index.parent is not None and made.type in "pux":
        parent = scene.indexes.get(index.parent)
        if parent is not None:
            yield parent.constraint or parent.key


def _after_children(scene: Scene, table: Key) -> Iterator[Key]:
    """What is added to a table after its creation reaches those below it only when they are there."""
    yield from scene.children.get(table, ())
