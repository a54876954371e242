"""From a step to its statements: finds the module of the kind, then adds owner, comments, labels and privileges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from console.catalog import implied
from console.catalog.ddl import (
    columns,
    constraints,
    finishing,
    foreign,
    indexes,
    languages,
    operators,
    rereading,
    routines,
    schemas,
    sequences,
    tables,
    triggers,
    types,
    views,
)
from console.catalog.ddl.scene import Scene
from console.catalog.ddl.steps import Stage, Step
from console.catalog.model import (
    AccessMethod,
    Aggregate,
    BaseType,
    Cast,
    Collation,
    Composite,
    Constraint,
    Conversion,
    Database,
    DefaultPrivileges,
    Domain,
    Enum,
    EventTrigger,
    Extension,
    ForeignDataWrapper,
    ForeignTable,
    Index,
    Key,
    Kind,
    Language,
    MaterializedView,
    Member,
    Object,
    Operator,
    OperatorClass,
    OperatorFamily,
    Policy,
    Publication,
    Range,
    Routine,
    Rule,
    Schema,
    Sequence,
    Server,
    ShellType,
    Statistics,
    Subscription,
    Table,
    TextSearchConfiguration,
    TextSearchDictionary,
    TextSearchParser,
    TextSearchTemplate,
    Transform,
    Trigger,
    UserMapping,
    View,
)

# Kinds whose statements follow from the object alone.
_ALONE: dict[type[Object], Callable[[Any], Iterator[str]]] = {
    AccessMethod: operators.access_method,
    Aggregate: routines.aggregate,
    BaseType: types.base,
    Cast: operators.cast,
    Collation: languages.collation,
    Composite: types.composite,
    Conversion: languages.conversion,
    Database: schemas.database,
    DefaultPrivileges: schemas.default_privileges,
    Enum: types.enum,
    EventTrigger: triggers.event_trigger,
    Extension: schemas.extension,
    ForeignDataWrapper: foreign.wrapper,
    Language: languages.language,
    Operator: operators.operator,
    OperatorClass: operators.operator_class,
    OperatorFamily: operators.family,
    Policy: triggers.policy,
    Publication: foreign.publication,
    Range: types.range_type,
    Routine: routines.routine,
    Rule: triggers.rule,
    Schema: schemas.schema,
    Sequence: sequences.sequence,
    Server: foreign.server,
    ShellType: types.shell,
    Statistics: indexes.statistics,
    Subscription: foreign.subscription,
    TextSearchConfiguration: languages.configuration,
    TextSearchDictionary: languages.dictionary,
    TextSearchParser: languages.parser,
    TextSearchTemplate: languages.template,
    Transform: languages.transform,
    UserMapping: foreign.user_mapping,
}


def statements(scene: Scene, step: Step) -> Iterator[str]:
    """Return the statements of one step, without semicolons."""
    made = scene.catalog.objects[step.key]
    yield from _of_stage(scene, step, made)
    if finishes(scene, step):
        yield from _finish(scene, made)


def finishes(scene: Scene, step: Step) -> bool:
    """Tell whether a step is the one in which the object is handed to its owner, described and granted."""
    made = scene.catalog.objects[step.key]
    later = isinstance(made, MaterializedView) and scene.is_filled_later(made)
    return step.stage is (Stage.REST if later else Stage.BODY)


def _of_stage(scene: Scene, step: Step, made: Object) -> Iterator[str]:
    if step.stage is Stage.SHELL:
        yield from views.shell(made) if isinstance(made, View) else types.shell(made)  # type: ignore[arg-type]
    elif step.stage is Stage.REST:
        yield from map(_kept(scene), _rest(scene, made))
    else:
        deparsed = not isinstance(made, Routine) or made.sql_body
        yield from map(_kept(scene), _body(scene, made)) if deparsed else _body(scene, made)


def _kept(scene: Scene) -> Callable[[str], str]:
    """Return what has the server read a text as it has written it."""
    return rereading.faithful if scene.choice.faithful else str


def _rest(scene: Scene, made: Object) -> Iterator[str]:
    match made:
        case Sequence():
            return sequences.owned_by(made)
        case OperatorFamily():
            return operators.family_members(made)
        case MaterializedView():
            return views.refresh(made)
        case Domain():
            return types.domain_rest(made)
        case Table() | ForeignTable():
            return _table_rest(scene, made)
    return iter(())


def _body(scene: Scene, made: Object) -> Iterator[str]:
    match made:
        case Member():
            return iter(())  # its extension makes it
        case Table() | ForeignTable():
            return _table(scene, made)
        case Constraint():
            return _constraint(scene, made)
        case Index():
            late = scene.choice.together or scene.is_late(made.table)
            return indexes.index(made, attached=not late, whole=_is_whole(scene, made.table))
        case Trigger():
            return triggers.trigger(made, _usual_firing(scene, made))
        case View():
            return views.view(made, replacing=scene.has_shell(made))
        case MaterializedView():
            return views.materialized(made, filled=made.populated and not scene.is_filled_later(made))
        case Domain():
            return types.domain(made, bare=scene.is_bare(made))
    return _ALONE[type(made)](made)


def _table(scene: Scene, made: Table | ForeignTable) -> Iterator[str]:
    catalog = scene.catalog
    inline = scene.inline(made)
    yield from tables.create(made, catalog.objects, inline, version=catalog.version, bare=scene.is_bare(made))
    if not scene.is_late(made.key):
        yield from tables.attach(made)


def _table_rest(scene: Scene, made: Table | ForeignTable) -> Iterator[str]:
    if scene.is_bare(made):
        yield from tables.defaults(made)
    if scene.is_late(made.key):
        yield from tables.attach(made)


def _constraint(scene: Scene, made: Constraint) -> Iterator[str]:
    if scene.is_inline(made):
        return
    table = scene.catalog.objects.get(made.table)
    if table is not None:
        put_below = scene.choice.together and made.table not in scene.keys
        given = None if put_below else scene.is_given(made)
        options = _options_of_whole(scene, made)
        yield from constraints.added(made, table, _parent_valid(scene, made), given=given, options=options)
        if not (scene.choice.together or scene.is_late(made.table)):
            yield from constraints.attached(made, scene.indexes)


def _is_whole(scene: Scene, table: Key) -> bool:
    made = scene.catalog.objects.get(table)
    return isinstance(made, Table) and made.partition_key is not None


def _options_of_whole(scene: Scene, made: Constraint) -> str:
    """Return the options of the index of a partitioned table's key, which no ALTER INDEX sets; EXCLUDE says its own."""
    index = scene.indexes.get(made.index) if made.index is not None and made.type in "pu" else None
    return columns.assigned(index.options) if index is not None and _is_whole(scene, made.table) else ""


def _parent_valid(scene: Scene, made: Constraint) -> bool | None:
    """Tell whether the constraint that a child inherits is valid; None when it inherits none."""
    found = (scene.catalog.objects.get(key) for key in scene.inherited_from(made))
    return next((each.validated for each in found if isinstance(each, Constraint)), None)


def _usual_firing(scene: Scene, made: Trigger) -> str:
    above = scene.catalog.objects.get(made.parent) if made.parent is not None else None
    return above.enabled if isinstance(above, Trigger) else "O"


def _finish(scene: Scene, made: Object) -> Iterator[str]:
    if (isinstance(made, Constraint) and implied.is_clone(made)) or made.key.kind is Kind.LARGE_OBJECT:
        return
    if scene.choice.owners:
        yield from finishing.owner(made)
    yield from finishing.ties(made)
    yield from finishing.comments(made)
    yield from finishing.labels(made)
    if scene.choice.grants:
        yield from finishing.privileges(made)
