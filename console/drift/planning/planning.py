"""Plans the SQL that turns one catalog into another: decides, orders, and writes each step down. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from console.catalog import compare
from console.catalog.collecting import uncollected
from console.catalog.compare import Action, Change, Difference, Scope
from console.catalog.ddl import PREAMBLE, ranks
from console.catalog.ddl.scene import Choice, Scene
from console.catalog.ddl.steps import Step
from console.catalog.model import Catalog, Extension, Key, Kind
from console.catalog.order import Ordered, ordered
from console.drift.altering import above, adapted, adding, in_turn, owned, pieces
from console.drift.ground import Ground, Side
from console.drift.ordering.decision import Decision
from console.drift.ordering.graph import Graph
from console.drift.ordering.needs import needs
from console.drift.ordering.pieces import Alter, Aside, Drop, Node
from console.drift.ordering.refilling import refilled
from console.drift.ordering.writing import Statement, Writing
from console.drift.planning import guards, keeping, moved, moves, online, paths, renamed, renaming
from console.drift.planning.deciding import decide
from console.drift.planning.renames import confirmed, is_chosen
from console.drift.planning.renaming import Renaming
from console.drift.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Plan:
    """What turns one catalog into another: the changes that are seen, and the statements that make them."""

    changes: tuple[Change, ...]
    statements: tuple[Statement, ...]
    preamble: tuple[str, ...] = field(default=PREAMBLE)
    left_out: tuple[Change, ...] = ()  # what is not done for the sake of the data


@uncollected()
def plan(a: Catalog, b: Catalog, scope: Scope | None = None, wishes: Wishes | None = None) -> Plan:
    """Return the plan that turns `a` into `b`, as somebody wishes it to."""
    found = _wished(a, b, scope or Scope(), wishes or Wishes())
    return replace(found, statements=guards.opened(a, b, paths.opened(a, b, found.statements)))


def _wished(a: Catalog, b: Catalog, scope: Scope, wishes: Wishes) -> Plan:
    sure = confirmed(a, wishes.renames)
    if sure:
        return _after_renames(a, b, scope, wishes, sure)
    if wishes.keep_data:
        return _keeping(a, b, scope, replace(wishes, keep_data=False))
    if wishes.online:
        careless = _wished(a, b, scope, replace(wishes, online=False))
        return replace(careless, statements=online.careful(a, b, careless.statements))
    return _planned(a, b, scope, wishes)


def _planned(a: Catalog, b: Catalog, scope: Scope, wishes: Wishes, rebuilt: frozenset[Key] = frozenset()) -> Plan:
    """Plan without further wishes, but for the names that the server chose.

    What is `rebuilt` is not renamed before: it is made anew anyway.
    """
    ground = Ground(Side(a), Side(b), scope)
    found = compare.compare(a, b, owners=scope.owners, grants=scope.grants, extension_versions=scope.extension_versions)
    changes = tuple(moved.real(ground, found))
    if elsewhere := moves.found(ground, changes, rebuilt):
        return _after_moves(ground, scope, wishes, elsewhere, rebuilt)
    renames = tuple(each for each in renamed.found(ground, changes) if each.old not in rebuilt)
    chosen = [each for each in renames if is_chosen(each.old) and is_chosen(each.new)]
    if wishes.ignore_generated_names and chosen:
        return _planned(renamed.renamed(a, _names(chosen)), b, scope, wishes)
    if renames:
        rest = _planned(renamed.renamed(a, _names(renames)), b, scope, wishes)
        dropped = {each.key for each in rest.statements if each.action is Action.DROP}
        if in_vain := frozenset(each.old for each in renames if each.new in dropped):
            return _planned(a, b, scope, wishes, rebuilt | in_vain)
        said = tuple(Statement(each.text, each.new, Action.RENAME) for each in renames if each.text)
        told = tuple(sorted((*(each.change(a, b) for each in renames), *rest.changes), key=lambda change: change.key))
        return replace(rest, changes=told, statements=(*said, *rest.statements))
    decision = decide(ground, changes)
    _add_columns(ground, decision, scope)
    _describe_sequences(ground, decision)
    keys = frozenset(key for key in decision.come if key in b.objects)
    scene = Scene(_named(ground, keys), keys, Choice(owners=scope.owners, grants=scope.grants))
    graph = Graph(ground, decision, scene)
    return Plan(changes, refilled(graph, Writing(graph).statements(_sorted(graph))))


def _after_moves(
    ground: Ground, scope: Scope, wishes: Wishes, elsewhere: Sequence[moves.Move], rebuilt: frozenset[Key]
) -> Plan:
    """Move objects to their schemas, which are made before, then turn what comes of that into the second side."""
    a, b = ground.a.catalog, ground.b.catalog
    homes = {home: b.objects[home] for each in elsewhere
             if (home := Key(Kind.SCHEMA, "", each.new.schema)) in b.objects and home not in a.objects}  # fmt: skip
    settled = replace(a, objects={**a.objects, **homes})
    rest = _planned(moves.moved(settled, {each.old: each.new for each in elsewhere}), b, scope, wishes, rebuilt)
    dropped = {each.key for each in rest.statements if each.action is Action.DROP}
    if in_vain := frozenset(each.old for each in elsewhere if each.new in dropped):
        return _planned(a, b, scope, wishes, rebuilt | in_vain)
    first = _planned(a, settled, scope, wishes) if homes else Plan((), ())
    said = tuple(Statement(each.text, each.new, Action.RENAME) for each in elsewhere)
    told = (*first.changes, *(each.change(a, b) for each in elsewhere), *rest.changes)
    changes = tuple(sorted(told, key=lambda change: change.key))
    return replace(rest, changes=changes, statements=(*first.statements, *said, *rest.statements))


def _names(renames: Sequence[renamed.Renamed]) -> dict[Key, Key]:
    return dict(pair for each in renames for pair in ((each.old, each.new), *each.indexes))


def _keeping(a: Catalog, b: Catalog, scope: Scope, wishes: Wishes) -> Plan:
    """Plan towards the second side with what would be lost of the first, which takes a few rounds to find out."""
    goal = keeping.Goal(a, b)
    found = _wished(a, b, scope, wishes)
    while goal.keep(found.statements):
        found = _wished(a, goal.catalog, scope, wishes)
    return replace(found, left_out=tuple(keeping.left_out(goal.catalog, b)))


def _after_renames(a: Catalog, b: Catalog, scope: Scope, wishes: Wishes, sure: Sequence[Renaming]) -> Plan:
    """Rename what is confirmed, then turn what that makes of the first side into the second.

    What the server rewrites along with a name is guessed: the proof plans once more from what is there then.
    """
    said: list[Statement] = []
    told: list[Change] = []
    for each in sure:
        made = a.objects.get(each.key)
        said.append(Statement(each.statement(made), each.after, Action.RENAME))
        difference = Difference("name", each.value or each.key.name, each.new)
        a = renaming.renamed(a, each)
        told.append(Change(Action.RENAME, each.after, made, b.objects.get(each.after), (difference,)))
    rest = _wished(a, b, scope, replace(wishes, renames=()))
    return replace(rest, changes=(*told, *rest.changes), statements=(*said, *rest.statements))


def _add_columns(ground: Ground, decision: Decision, scope: Scope) -> None:
    """A column that comes is a part of its table that is altered; that of a new table comes with it."""
    for key in decision.come:
        if key.kind is Kind.COLUMN and ground.b.relation(key) not in decision.come:
            if _is_given(ground, decision, key):
                said = adapted(ground, key) if key in ground.along else None
                if said is not None and (more := pieces(ground, said)):
                    decision.altered[key] = more
                continue
            shared = owned.come(ground, key, grants=scope.grants)
            decision.altered[key] = in_turn((*adding.added(ground, key), *shared))


def _is_given(ground: Ground, decision: Decision, key: Key) -> bool:
    """Tell whether a column that comes anew is given by one above that does the same."""
    column = ground.b.column(key)
    return column is not None and not column.local and any(each in decision.come for each in above.columns(ground, key))


def _describe_sequences(ground: Ground, decision: Decision) -> None:
    """The sequence that comes with an identity column is new, whatever was of its name before."""
    for key, said in tuple(decision.altered.items()):
        was, now = ground.a.column(key), ground.b.column(key)
        if key.kind is not Kind.COLUMN or now is None or now.identity is None:
            continue
        comes = any(each.part == "add" for each in said) or was is None or was.identity is None
        sequence = now.identity.sequence
        if comes and sequence in ground.b.catalog.objects and sequence not in decision.come:
            about = owned.made(ground, sequence)
            decision.altered |= {sequence: about} if about else {}


def _named(ground: Ground, keys: frozenset[Key]) -> Catalog:
    """Return what is made, as it is made among what is there.

    The names of NOT NULL are said where the server would choose others, since tables of before have these (18); no
    extension is there by itself.
    """
    b = ground.b.catalog
    objects = dict(b.objects)
    for key in keys:
        made = objects.get(key)
        if isinstance(made, Extension):
            objects[key] = replace(made, preinstalled=False)
    return ground.with_names(replace(b, objects=objects), keys)


def _sorted(graph: Graph) -> Ordered[Node]:
    """Where nothing else decides: what goes first, from the top down; then what is altered; then what is made."""
    return ordered(sorted(graph.nodes(), key=lambda node: _place(graph, node)), needs(graph))


def _place(graph: Graph, node: Node) -> tuple[int, float, object]:
    match node:
        case Drop(gone):
            return 0, -ranks.of_kind(gone.kind), (gone,)
        case Aside(old):
            return 1, 0, (old,)
        case Alter(of, _) if of.kind is Kind.DEFAULT_PRIVILEGES:
            return 4, 0, (of,)  # so that only those of before are there for what is made
        case Alter(of, part):
            return 2, ranks.of_kind(of.kind), (of._replace(name=""), graph.place(of), of, part)
        case Step():
            return 3, 0, ranks.rank(graph.scene.catalog, node)
