"""One migration as a part of a script: its statements, and the record of them, in the transactions of a run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.db.literals import Expression, literal
from console.db.query import Query, sendable
from console.errors import Refused
from console.migrations import history
from console.migrations.history import Deed
from console.migrations.ledgers.ledger import Direction, Ledger, Note
from console.migrations.plan import Step
from console.migrations.running import unfinished
from console.migrations.script import Piece, Program, digest, settings_before, units
from console.migrations.scripting import guards
from console.migrations.scripting.guards import Stop
from console.migrations.scripting.situation import Situation
from console.migrations.scripting.texts import asked, comment, milliseconds, of_file, statement, template
from console.text import sanitize

_ROLE = re.compile(r"(?i)\b(?:role|authorization)\b")
_OUTCOMES = {Direction.UP: history.APPLIED, Direction.DOWN: history.ROLLED_BACK}


@dataclass(frozen=True, slots=True)
class Part:
    """A step of a script: what it runs, for which ledger, and the reasons for which its first transaction stops.

    `run` is the token by which the history knows the script, `operator` who printed it.
    """

    step: Step
    program: Program
    ledger: Ledger
    situation: Situation
    run: str
    operator: str
    stops: tuple[Stop, ...] = ()

    @property
    def version(self) -> str:
        """The version as the ledger spells it, or will."""
        return self.step.recorded_as or self.step.migration.version

    def note(self, duration: Expression | None = None) -> Note:
        """Return what the ledger is to write down, after so many milliseconds."""
        count = len(self.program.pieces)
        batch, took = self.situation.batch, duration if duration is not None else 0
        return Note(self.version, self.step.migration, self.step.direction, batch, took, count)

    @property
    def done(self) -> Stop:
        """The reason to stop that the ledger gives: the step is done."""
        return self._recorded(done=True)

    @property
    def first(self) -> tuple[Stop, ...]:
        """All the reasons for which the first transaction stops."""
        return (self.done, *self.stops)

    @property
    def undone(self) -> Stop:
        """The reason to stop for what comes after the step: it is not done."""
        return self._recorded(done=False)

    def _recorded(self, *, done: bool) -> Stop:
        question, label = self.ledger.holds(self.note()), self.step.migration.label
        if self.step.direction is Direction.UP:
            return guards.held(question, label) if done else guards.not_held(question, label)
        if done:
            return guards.not_held(question, label)
        return Stop(guards.held(question, label).condition, f"{sanitize(label)} was not rolled back.")


def write(part: Part) -> str:
    """Return the SQL of a step. Raises BadSql, and Refused where its beginning has run and cannot be told from it."""
    return "".join(_in_transaction(part) if part.program.transaction else _one_by_one(part))


def _in_transaction(part: Part) -> Iterator[str]:
    took = Expression(asked("elapsed"))
    inside = [*map(_sent, part.program.pieces), *_reset(part), *map(statement, _record(part, took))]
    yield from _transaction(part, inside, part.first)


def _one_by_one(part: Part) -> Iterator[str]:
    done = _resume_at(part)
    reasons = _at_first(part, done)
    start = [statement(query) for query in part.ledger.start(part.note())] if part.step.resume is None else []
    if start:
        yield comment("What the tool writes before the first statement.")
        yield from _transaction(part, [*start, *_reached(part, 0)], reasons)
        reasons = _position(part, 0)
    for unit in _at_work(part.program.pieces[done:]):
        yield from (_alone if unit[0].alone else _together)(part, unit, reasons)
        reasons = _position(part, unit[-1].number)
    yield from _transaction(part, _ending(part), reasons)


def _at_work(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Return what runs together, without SETs on their own: what follows them sets them again."""
    found = list(units(pieces))
    while found:
        unit, *found = found
        if not (found and all(piece.setting for piece in unit)):
            yield unit


def _at_first(part: Part, done: int) -> tuple[Stop, ...]:
    """Return the reasons to stop of the first transaction, which begins the migration or goes on with it."""
    if part.step.resume is not None:
        # golang-migrate is at the version before while it still rolls back.
        again = (part.done,) if part.step.direction is Direction.UP else ()
        return (*again, *part.stops, *_position(part, done))
    migration = part.step.migration
    begun = (guards.begun(migration.version, migration.label),) if part.situation.remembers else ()
    return (*part.first, *begun)


def _together(part: Part, unit: Sequence[Piece], reasons: Sequence[Stop]) -> Iterator[str]:
    before = (of_file(text) for text in settings_before(part.program.pieces, unit[0].number))
    inside = [*before, *map(_sent, unit), *_reset(part), *_reached(part, unit[-1].number)]
    yield from _transaction(part, inside, reasons)


def _alone(part: Part, unit: Sequence[Piece], reasons: Sequence[Stop]) -> Iterator[str]:
    [piece] = unit
    yield from _transaction(part, _reached(part, piece.number - 1, doubtful=True), reasons)
    # A CONCURRENTLY that gave up waiting would leave an invalid index, and while it waits it stands in nobody's way.
    waits = 0.0 if "concurrently" in piece.text.lower() else part.situation.lock_timeout
    yield comment(f"Statement {piece.number} stands outside a transaction. {piece.alone}")
    yield template("alone", lock_timeout=milliseconds(waits), search_path=literal(part.situation.search_path))
    yield from (of_file(text) for text in settings_before(part.program.pieces, piece.number))
    yield _sent(piece)
    yield "".join(_forgotten(part)) + "\n"
    if part.situation.remembers:
        stops = _position(part, piece.number - 1, doubtful=True)
        yield from _transaction(part, _reached(part, piece.number), stops)


def _ending(part: Part) -> list[str]:
    version = part.step.migration.version
    name, values = ("elapsed_since", {"version": version}) if part.situation.remembers else ("elapsed", {})
    found = list(_record(part, Expression(asked(name, **values))))
    return [statement(query) for query in (*found, *([unfinished.ended(version)] if part.situation.remembers else []))]


def _record(part: Part, took: Expression) -> Iterator[Query]:
    yield from part.ledger.note(part.note(took))
    if not part.situation.remembers:
        return
    yield history.add(
        Deed(
            run=part.run,
            batch=part.situation.batch,
            migration=part.step.migration,
            direction=part.step.direction,
            outcome=_OUTCOMES[part.step.direction],
            statements=len(part.program.pieces),
            duration_ms=took,
            operator=part.operator,
        )
    )


def _transaction(part: Part, inside: Sequence[str], stops: Sequence[Stop]) -> Iterator[str]:
    verb = part.step.direction.value
    yield template("begin", lock_timeout=milliseconds(part.situation.lock_timeout))
    yield guards.guard(part.ledger, part.situation, stops, verb=verb) + "\n"
    yield from inside
    yield template("commit") + "\n"


def _position(part: Part, done: int, *, doubtful: bool = False) -> tuple[Stop, ...]:
    """Return the reason to stop where positions are kept and the step is not where this transaction goes on."""
    if not part.situation.remembers:
        return ()
    migration, prefix = part.step.migration, digest(part.program.pieces[:done])
    position = {"version": migration.version, "direction": part.step.direction.value, "done": done}
    return (guards.not_at(migration.label, **position, prefix=prefix, doubtful=doubtful),)


def _reached(part: Part, done: int, *, doubtful: bool = False) -> list[str]:
    if not part.situation.remembers:
        return []
    migration, direction = part.step.migration, part.step.direction
    return [
        statement(
            unfinished.reached(migration.version, migration.name, direction, part.program, done, doubtful=doubtful)
        )
    ]


def _resume_at(part: Part) -> int:
    """Return how many statements are done. Raises Refused where somebody has to look what the next one has left."""
    step, pieces = part.step, part.program.pieces
    done = unfinished.resume_at(step.migration.label, step.direction, part.program, step.resume)
    if step.resume is None or done == len(pieces):
        return done
    if step.resume.doubtful or (step.resume.error is not None and pieces[done].alone):
        raise Refused(
            f"{step.migration.label}: statement {done + 1} was started, and what it has left is not known.",
            detail="A script cannot look into it. Nothing was printed.",
            hint=f"Let dbconsole {step.direction} finish this migration, then print a script of the rest.",
        )
    return done


def _sent(piece: Piece) -> str:
    return of_file(str(sendable(piece.text)))


def _reset(part: Part) -> list[str]:
    return _forgotten(part) if part.program.sets else []


def _forgotten(part: Part) -> list[str]:
    """Return what forgets the settings of a file; the role only where it sets one, for an editor may have its own."""
    role = any(_ROLE.search(piece.text) for piece in part.program.pieces)
    return [*([template("reset_role")] if role else []), template("reset")]
