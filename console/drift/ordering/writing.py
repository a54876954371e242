"""Writes the steps of a graph down as statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from console.catalog.compare import Action
from console.catalog.ddl import making, rereading
from console.catalog.ddl.scene import Scene
from console.catalog.ddl.steps import Step
from console.catalog.model import Constraint, Domain, Edge, Extension, ForeignTable, Key, Kind, Object, Routine, Table
from console.catalog.order import Ordered
from console.drift.altering import above, carrying, domains, lending, parts_of_tables
from console.drift.ordering import dropping, standing
from console.drift.ordering.graph import Graph
from console.drift.ordering.pieces import CALLED, Alter, Aside, Drop, Node
from console.sql.quoting import dotted, ident, literal

_OWN = frozenset({"comment", "labels", "settings"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a plan, without semicolon: about what, doing what, for whose sake where it is not its own.

    `loses` says what is lost with it, empty for nothing; `alone` is true of what must not share a transaction with what
    follows.
    """

    text: str
    key: Key
    action: Action
    because: Key | None = None
    loses: str = ""
    alone: bool = False


class Writing:
    """One graph, step by step."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph; what is attached afterwards with its table is made without being attached itself."""
        self._graph = graph
        self._a, self._decision = graph.ground.a, graph.decision
        self._apart = replace(graph.scene, choice=replace(graph.scene.choice, together=True))

    def statements(self, found: Ordered[Node]) -> Iterator[Statement]:
        """Yield the statements in their order; a drop whose needs run in a circle takes the others along."""
        cascading = {need.node for need in found.broken}
        taken: set[Key] = set()
        for node in found.nodes:
            match node:
                case Drop(gone):
                    if gone not in taken:
                        yield from self._drop(gone, cascade=node in cascading)
                    taken |= self._taken_along(gone) if node in cascading else set()
                case Aside(old):
                    yield from self._put_aside(old)
                case Alter():
                    yield from self._alter(node)
                case Step():
                    yield from self._make(node)

    def _taken_along(self, gone: Key) -> set[Key]:
        """Return what a drop with CASCADE takes along."""
        found, todo = {gone}, [gone]
        while todo:
            for edge in self._a.dependents.get(todo.pop(), ()):
                if self._is_default(edge):
                    continue  # which goes without its column
                if edge.dependent in self._decision.gone and edge.dependent not in found:
                    found.add(edge.dependent)
                    todo.append(edge.dependent)
        return found

    def _is_default(self, edge: Edge) -> bool:
        column = self._a.column(edge.dependent) if edge.dependent.kind is Kind.COLUMN else None
        return column is not None and not column.generated and edge.referenced.kind in CALLED

    def _drop(self, gone: Key, *, cascade: bool) -> Iterator[Statement]:
        because = self._decision.because.get(gone)
        if gone in self._graph.ground.carried:
            yield Statement(carrying.renamed(self._graph.ground, gone), gone, Action.ALTER, because)
        elif gone.kind is Kind.COLUMN:
            only = above.leaves(self._graph.ground, gone)
            text = dropping.column(self._a.relation(gone) or gone, gone.name, cascade=cascade, only=only)
            yield Statement(text, gone, Action.DROP, because, loses="the column's values")
        elif gone in self._decision.aside and not dropping.unsaid(self._a.catalog.objects[gone]):
            text = f"DROP {gone.kind.upper()} {dotted(gone.schema)}.{ident(self._graph.ground.aside(gone))}"
            yield Statement(text, gone, Action.DROP, because)
        elif not dropping.unsaid(self._a.catalog.objects[gone]):
            made = self._a.catalog.objects[gone]
            if (whole := self._held_by(made)) is not None:
                detached = (
                    f"ALTER TABLE {dotted(whole.schema, whole.name)} DETACH PARTITION {dotted(gone.schema, gone.name)}"
                )
                yield Statement(detached, gone, Action.DROP, because)
            text = dropping.statement(made, cascade=cascade)
            yield Statement(text, gone, Action.DROP, because, loses=dropping.loses(made))

    def _held_by(self, made: Object) -> Key | None:
        """Return the whole of a partition that cannot be dropped for a foreign key towards the whole, which stays."""
        whole = above_it = made.partition_of if isinstance(made, Table | ForeignTable) else None
        while above_it is not None:
            for edge in self._a.dependents.get(above_it, ()):
                key = self._a.catalog.objects.get(edge.dependent)
                pointing = isinstance(key, Constraint) and key.type == "f" and key.references == above_it
                if pointing and not self._graph.is_gone(edge.dependent):
                    return whole
            table = self._a.catalog.objects.get(above_it)
            above_it = table.partition_of if isinstance(table, Table) else None
        return None

    def _put_aside(self, old: Key) -> Iterator[Statement]:
        name = self._graph.ground.aside(old)
        texts = [f"ALTER {old.kind.upper()} {dotted(old.schema, old.name)} RENAME TO {ident(name)}"]
        made = self._a.catalog.objects[old]
        if isinstance(made, Domain):
            texts += domains.bared(made, name)
        for text in texts:
            yield Statement(text, old, Action.ALTER, self._decision.because.get(old))

    def _alter(self, node: Alter) -> Iterator[Statement]:
        piece = self._graph.pieces[node]
        action = Action.CREATE if piece.part == "add" else Action.ALTER
        made = self._graph.ground.b.catalog.objects.get(node.of)
        # A text of somebody's own, and not the server's.
        own = piece.part in _OWN or (isinstance(made, Routine) and not made.sql_body)
        for text in piece.texts if own else map(rereading.faithful, piece.texts):
            yield Statement(text, node.of, action, self._decision.because.get(node.of), piece.loses, piece.alone)

    def _make(self, step: Step) -> Iterator[Statement]:
        scene = self._apart if self._graph.adopted(step.key) else self._graph.scene
        texts = list(making.statements(scene, step))
        made = scene.catalog.objects[step.key]
        if isinstance(made, Extension) and self._decision.anew(step.key):
            texts[0] += f" VERSION {literal(made.version)}"  # which there was, and not the newest
        if isinstance(made, Constraint):
            texts = [said for text in texts for said in lending.redirected(self._graph.ground, made, text)]
            texts += [text for index, text in parts_of_tables.taken_up(self._graph.ground, made)
                      if not self._graph.has_part(index, "together") and index not in self._decision.come]  # fmt: skip
        # What a table has by default is taken before columns get the same: REVOKE on a table reaches its columns.
        place = next((at for at, text in enumerate(texts) if text.startswith(("GRANT ", "REVOKE "))), len(texts))
        for text in (*texts[:place], *self._settled(scene, step), *texts[place:]):
            yield Statement(text, step.key, Action.CREATE, self._decision.because.get(step.key))

    def _settled(self, scene: Scene, step: Step) -> Iterator[str]:
        """Take from what is new what it has only by default here, and give what a new database would have given."""
        made = self._graph.scene.catalog.objects[step.key]
        if making.finishes(scene, step):
            yield from standing.founded(made)
            if self._graph.scene.choice.grants:
                yield from standing.settled(self._a, made)
