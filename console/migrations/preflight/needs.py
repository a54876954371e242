"""What a plan needs of its server, decided from the parsed scripts alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from console.errors import BadSql, Refused
from console.migrations.hazards import looking
from console.migrations.hazards.hazard import Hazard, Kind, Lock, Name
from console.migrations.plan import Step
from console.migrations.preflight import extensions, features, rights, roles
from console.migrations.preflight.extensions import Used, Wanted
from console.migrations.preflight.features import Feature
from console.migrations.preflight.rights import Right, What
from console.migrations.script import Piece, Program, parse
from console.sql import grammar
from console.sql.grammar import Tree
from console.text import sanitize

_DATA = 100_000  # characters: a statement that is longer brings rows, and is not looked into


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a plan needs something: the migration and the line of its file."""

    label: str
    line: int

    def __str__(self) -> str:
        return sanitize(f"{self.label}, line {self.line}")


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything together, each with the first place that needs it.

    `wanted` and `used` are of extensions, the latter only where the plan does not make that extension itself before.
    `roles` are those that have to be there. `outside` is the first statement outside a transaction, `concurrent` the
    first that waits for all transactions there are. `locks` are the strongest locks on relations that were there
    before; `lost` are those that lose rows, if they have some, and `loses` says that others may go with them.
    A right is only there where nothing before it could have given it, or made what it is on.
    """

    wanted: Mapping[Wanted, Spot] = field(default_factory=dict)
    used: Mapping[Used, Spot] = field(default_factory=dict)
    rights: Mapping[Right, Spot] = field(default_factory=dict)
    features: Mapping[Feature, Spot] = field(default_factory=dict)
    roles: Mapping[str, Spot] = field(default_factory=dict)
    outside: Spot | None = None
    concurrent: Spot | None = None
    locks: Mapping[Name, Lock] = field(default_factory=dict)
    lost: frozenset[Name] = frozenset()
    loses: bool = False

    @property
    def schemas(self) -> frozenset[str]:
        """The schemas in which something is made or which are dropped; an empty name is where the search path leads."""
        made = {right.name.schema for right in self.rights if right.what is What.IN_SCHEMA}
        return frozenset(made | {right.name.name for right in self.rights if right.what is What.DROP_SCHEMA})

    @property
    def relations(self) -> frozenset[Name]:
        """The relations whose owner or rows matter."""
        owned = (What.OWNER, What.POLICY, What.DROP)
        return self.lost | {right.name for right in self.rights if right.what in owned}


def of(steps: Sequence[Step], *, version: int) -> Needs:
    """Return what a plan needs of a server of a major version.

    A script that cannot be parsed is for the runner to tell of; what follows it is not looked into.
    """
    walk = _Walk(version)
    for step in steps:
        walk.through(step)
    hazards = [hazard for each in looking.steps(steps) for hazard in each.hazards]
    return Needs(
        walk.wanted,
        walk.used,
        walk.rights,
        walk.features,
        walk.roles,
        walk.outside,
        walk.concurrent,
        locks=_locks(hazards),
        lost=frozenset(each.relation for each in hazards if each.kind is Kind.LOSS and each.relation is not None),
        loses=any(each.relation is None and each.kind in (Kind.LOSS, Kind.CASCADE) for each in hazards),
    )


def _locks(hazards: Iterable[Hazard]) -> Mapping[Name, Lock]:
    locks: dict[Name, Lock] = {}
    for hazard in hazards:
        if hazard.relation is not None and hazard.lock.blocks_writes:
            locks[hazard.relation] = max(hazard.lock, locks.get(hazard.relation, Lock.NONE))
    return locks


@dataclass(slots=True)
class _Walk:
    """Goes through the statements in order and remembers what the plan has changed so far."""

    version: int
    wanted: dict[Wanted, Spot] = field(default_factory=dict)
    used: dict[Used, Spot] = field(default_factory=dict)
    rights: dict[Right, Spot] = field(default_factory=dict)
    features: dict[Feature, Spot] = field(default_factory=dict)
    roles: dict[str, Spot] = field(default_factory=dict)
    outside: Spot | None = None
    concurrent: Spot | None = None
    hidden: bool = False
    coded: bool = False  # code ran that may have made roles
    elsewhere: bool = False
    made: set[Name] = field(default_factory=set)
    schemas: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)  # extensions made or dropped
    new_roles: set[str] = field(default_factory=set)

    def through(self, step: Step) -> None:
        """Go through one script, without the statements that an earlier run has done."""
        self.elsewhere = False  # what a script sets is reset behind it
        done = step.resume.done if step.resume is not None else 0
        try:
            program = parse(step.script)
            for piece in program.pieces[done:]:
                self._piece(program, piece, Spot(step.migration.label, piece.line))
        except (BadSql, Refused):
            self.hidden = self.coded = True

    def _piece(self, program: Program, piece: Piece, spot: Spot) -> None:
        if piece.alone and not program.transaction:
            self.outside = self.outside or spot
            if "concurrently" in piece.text.lower():
                self.concurrent = self.concurrent or spot
        if len(piece.text) > _DATA:
            return
        tree = grammar.tree(piece.text)
        for feature in features.newer(tree, piece.text, self.version):
            self.features.setdefault(feature, spot)
        self._extensions(tree, piece.text, spot)
        for right in self._rights(tree):
            self.rights.setdefault(right, spot)
        self._roles(tree, spot)
        self._remember(tree)

    def _extensions(self, tree: Tree, text: str, spot: Spot) -> None:
        wanted = extensions.wanted(tree)
        if wanted is not None and wanted.name not in self.touched:
            self.wanted.setdefault(replace(wanted, sure=not (self.hidden or self.elsewhere)), spot)
        if wanted is not None:
            self.touched.add(wanted.name)
        self.touched.update(extensions.dropped(tree))
        if not self.hidden:
            for used in extensions.used(tree, text):
                if used.extension not in self.touched and used.name not in {name.name for name in self.made}:
                    self.used.setdefault(used, spot)

    def _roles(self, tree: Tree, spot: Spot) -> None:
        if not self.coded:
            for name in sorted(roles.named(tree) - self.new_roles):
                self.roles.setdefault(name, spot)
        self.new_roles.update(roles.made(tree))
        self.coded = self.coded or rights.runs_code(tree)

    def _rights(self, tree: Tree) -> Iterator[Right]:
        if self.hidden or self.elsewhere:
            return
        for right in rights.of(tree):
            known = right.name.placed not in self.made or right.what is What.IN_SCHEMA
            if known and not {right.name.schema, right.name.name} & self.schemas:
                yield right

    def _remember(self, tree: Tree) -> None:
        self.made.update(name.placed for name in rights.made(tree))
        if tree.kind == "CreateSchemaStmt":
            self.schemas.add(tree.fields.get("schemaname", ""))
        self.hidden = self.hidden or rights.hides_what_follows(tree)
        self.elsewhere = self.elsewhere or rights.changes_role(tree)
