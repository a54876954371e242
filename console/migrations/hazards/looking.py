"""Looks at the scripts of migrations, one after the other, and says what each of their statements may do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from console.errors import BadSql, Refused
from console.migrations.files.folder import Migration, Script
from console.migrations.hazards import rules, too_soon
from console.migrations.hazards.hazard import Hazard, Kind, Name, Severity
from console.migrations.hazards.known import Known
from console.migrations.hazards.scene import Scene
from console.migrations.ledgers.ledger import Direction
from console.migrations.plan import Step
from console.migrations.script import Piece, Program, parse
from console.sql import grammar
from console.sql.grammar import Tree
from console.text import plural

_IGNORE = re.compile(r"^\s*--[ \t]*dbconsole-ignore\b[ \t:]*(?P<kinds>[^\n]*)$", re.MULTILINE)
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in the script of a migration. `names` are the relations that it
    mentions, and other objects; `problem` says why it could not be looked at."""

    migration: Migration
    direction: Direction
    hazards: tuple[Hazard, ...] = ()
    names: frozenset[Name] = frozenset()
    problem: str = ""

    @property
    def script(self) -> Script | None:
        """The script that was looked at."""
        return self.migration.up if self.direction is Direction.UP else self.migration.down

    def worse(self, than: Severity = Severity.WARN) -> tuple[Hazard, ...]:
        """Return the hazards of this severity or a worse one."""
        return tuple(hazard for hazard in self.hazards if hazard.severity >= than)


def steps(wanted: Iterable[Step], known: Known | None = None) -> tuple[Looked, ...]:
    """Look at a plan: what its steps make on the way is used by nobody yet, and has no hazards in the next ones."""
    scene = Scene(known or Known())
    return tuple(look(step.migration, step.direction, scene) for step in wanted)


def apart(migrations: Iterable[Migration], known: Known | None = None) -> tuple[Looked, ...]:
    """Look at up files one by one: what an earlier one made is in use when the next one comes."""
    return tuple(look(migration, Direction.UP, Scene(known or Known())) for migration in migrations)


def look(migration: Migration, direction: Direction, scene: Scene) -> Looked:
    """Look at one script of a migration; one that cannot run as it stands has a problem, and no hazards."""
    found = Looked(migration, direction)
    if migration.unsupported:
        return replace(found, hazards=(Hazard(Kind.UNSEEN, Severity.INFO, migration.unsupported),))
    if found.script is None:
        return replace(found, problem="There is no such file.")
    try:
        program = parse(found.script)
        trees = _trees(program)
    except (BadSql, Refused) as error:
        return replace(found, problem=error.title)
    scene.back = direction is Direction.DOWN
    scene.path = ""
    scene.held.clear()
    rules.foresee(scene, trees)
    soon = list(too_soon.used(program, trees))
    hazards = [
        hazard
        for place, (piece, tree) in enumerate(zip(program.pieces, trees, strict=True))
        for hazard in (
            *(_at(piece, hazard) for number, hazard in soon if number == place),
            *_of_piece(scene, piece, tree, holds=program.transaction),
        )
        if hazard.kind not in ignored(piece)
    ]
    return replace(found, hazards=tuple(hazards), names=frozenset(scene.named))


def _of_piece(scene: Scene, piece: Piece, tree: Tree, *, holds: bool) -> Iterator[Hazard]:
    found = tuple(dict.fromkeys(rules.look(scene, tree)))
    told = [hazard for hazard in found if not (holds and scene.has(hazard))]
    for hazard in told:
        if holds and hazard.relation is not None:
            scene.hold(hazard.relation, hazard.lock, piece.line)
        yield _at(piece, hazard)


def _at(piece: Piece, hazard: Hazard) -> Hazard:
    return replace(hazard, statement=piece.title, line=piece.line, column=piece.column)


def _trees(program: Program) -> list[Tree]:
    return [grammar.tree(piece.text) for piece in program.pieces]


def ignored(piece: Piece) -> frozenset[str]:
    """Return the kinds that comments before a statement want to hear nothing of: where none is named, all."""
    kinds: set[str] = set()
    for match in _IGNORE.finditer(piece.text[: piece.at - piece.start]):
        kinds.update(_WORD.findall(match["kinds"]) or list(Kind))
    return frozenset(kinds)


def functions(scripts: Iterable[Script]) -> frozenset[str]:
    """Return the functions that defaults of new columns call."""
    found: set[str] = set()
    for script in scripts:
        if "default" not in script.text.lower():
            continue
        try:
            trees = _trees(parse(script))
        except (BadSql, Refused):
            continue
        calls = (node for tree in trees if tree.kind == "AlterTableStmt" for node in grammar.nodes(tree))
        found.update(grammar.words(node.fields["funcname"])[-1] for node in calls if node.kind == "FuncCall")
    return frozenset(found)


def summary(found: Sequence[Looked]) -> str:
    """Say how many hazards there are, by severity: "1 critical, 2 warnings, 3 notes"."""
    counted: Mapping[Severity, int] = {
        severity: sum(hazard.severity is severity for looked in found for hazard in looked.hazards)
        for severity in reversed(Severity)
    }
    words = {Severity.CRIT: ("critical", "critical"), Severity.WARN: ("warning", None), Severity.INFO: ("note", None)}
    said = [plural(number, *words[severity]) for severity, number in counted.items() if number]
    return ", ".join(said) or "no hazards"
