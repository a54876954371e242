"""One migration of a trial, under a savepoint of its own."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from console.errors import ConsoleError, StatementFailed
from console.migrations.ledgers.ledger import Direction
from console.migrations.plan import Step
from console.migrations.script import Piece, Program
from console.migrations.trial import closing, effects, foreseen
from console.migrations.trial.effects import Locked
from console.migrations.trial.events import StatementTried
from console.migrations.trial.foreseen import Foreseen
from console.migrations.trial.ground import Failed, Ground, Undone
from console.migrations.trial.result import MigrationTrial, Outcome, Tried
from console.migrations.verify import Check
from console.text import duration, sanitize


@dataclass(slots=True)
class Attempt:
    """The trial of one script; `pieces` are its statements that are still to run.

    `values` are what it has added to enums, `missed` says that it lacks something by now that was not tried.
    """

    ground: Ground
    step: Step
    program: Program
    pieces: Sequence[Piece]
    tried: list[Tried] = field(default_factory=list)
    values: set[str] = field(default_factory=set)
    passed: bool | None = None
    checks: tuple[Check, ...] = ()
    reason: str = ""
    missed: bool = False
    held: tuple[Locked, ...] = ()

    async def run(self) -> MigrationTrial:
        """Try it, and say what came of it. Raises ConnectionLost, Interrupted."""
        self.held = effects.held(self.ground.looking.there, self.ground.looking.last)
        began = time.perf_counter()
        error = None
        try:
            async with self.ground.writer.savepoint("dbconsole_migration"):
                await self._statements()
                await self._close()
            self.ground.values |= self.values
        except Undone as undone:
            await self._give_up(undone)
        except Failed as failed:
            error = failed.error
            self.ground.over = f"{self.label}, before it, failed."
            self._leave_rest("A statement before it failed.")
        return self._result(error, time.perf_counter() - began)

    def leave(self, reason: str) -> MigrationTrial:
        """Try nothing of it, and say why."""
        self._leave_rest(reason)
        self.reason = reason
        return self._result(None, None)

    @property
    def label(self) -> str:
        """The migration's version and name, harmless for a terminal."""
        return sanitize(self.step.migration.label)

    async def _statements(self) -> None:
        for piece in self.pieces:
            known = foreseen.foresee(piece)
            if known.reason:
                self._leave(piece, known.reason, missed=known.missed)
            else:
                await self._statement(piece, known)

    async def _statement(self, piece: Piece, known: Foreseen) -> None:
        ground = self.ground
        if ground.limit.over:
            raise ground.time_up
        ground.limit.begin()
        # A savepoint for each statement would cost others: beyond 64 of them, every snapshot on the server.
        uncertain = known.uncertain or bool(ground.values)
        began = time.perf_counter()
        try:
            async with ground.writer.savepoint("dbconsole_statement") if uncertain else contextlib.nullcontext():
                await ground.work.send(ground.writer, self.step.migration.label, self.program, (piece,), ground.pid)
        except StatementFailed as error:
            self._or_fail(error, piece, time.perf_counter() - began)
            if not uncertain:
                raise Undone(f"Statement {piece.number} could not be tried, so it ends there.") from error
            await ground.looking.again()
        else:
            seconds = time.perf_counter() - began
            self.values |= known.values
            done = await ground.looking.after()
            self._take(Tried(piece.number, piece.line, piece.title, Outcome.TRIED, seconds, done))

    def _or_fail(self, error: StatementFailed, piece: Piece, seconds: float) -> None:
        """Note why a statement that failed counts as not tried. Raises Failed when it is to blame itself."""
        ground = self.ground
        if foreseen.timed_out(error):
            limit = f"--max-lock {ground.limit.seconds:g} s"
            self._leave(piece, f"It had not ended after {duration(seconds)}, when the time of {limit} was up.")
            raise ground.time_up from error
        if reason := self._excuse(error):
            self._leave(piece, reason)
            return
        failed = ground.failed(error, self.program, piece)
        self._take(Tried(piece.number, piece.line, piece.title, Outcome.FAILED, seconds, reason=failed.error.title))
        raise failed from error

    def _excuse(self, error: StatementFailed) -> str:
        """Return why a failed statement is not to blame itself, as a sentence; empty when it is."""
        own = self.values if self.program.transaction else frozenset[str]()
        earlier = self.ground.values | (self.values - own)
        reason = foreseen.reason(error, earlier, own) or self.ground.missing(error, within=self.missed)
        held = ", ".join(blocker.sentence for blocker in self.ground.work.watch.last)
        return f"{reason} It is held by {held}." if held and foreseen.locked_out(error) else reason

    async def _close(self) -> None:
        """Put back what it has set, and check what there is to check."""
        if self.program.sets:
            await self.ground.writer.reset()
            await self.ground.looking.again()
        await closing.check_deferred(self.ground, self.program, self.label)
        migration = self.step.migration
        whole = all(each.outcome is Outcome.TRIED for each in self.tried)
        if migration.verify is None or self.step.direction is not Direction.UP or not whole:
            return
        self.checks = await closing.failed_checks(self.ground, migration)
        if self.checks and self.ground.untried:
            self.reason = f"Checks failed, perhaps because {self.ground.untried[-1]} was not tried."
        else:
            self.passed = not self.checks

    async def _give_up(self, undone: Undone) -> None:
        """Leave the rest of it; where the trial goes on, others may miss what this one makes."""
        self.reason = undone.reason
        self._leave_rest(undone.reason)
        self.ground.untried.append(self.label)
        if undone.over:
            self.ground.over = undone.reason
        else:
            await self.ground.looking.again()

    def _leave_rest(self, reason: str) -> None:
        there = {each.number for each in self.tried}
        for piece in self.pieces:
            if piece.number not in there:
                self._take(Tried(piece.number, piece.line, piece.title, Outcome.NOT_TRIED, reason=reason))

    def _leave(self, piece: Piece, reason: str, *, missed: bool = True) -> None:
        self.missed = self.missed or missed
        if missed:
            self.ground.untried.append(f"“{piece.title}” of {self.label}")
        self._take(Tried(piece.number, piece.line, piece.title, Outcome.NOT_TRIED, reason=reason))

    def _take(self, tried: Tried) -> None:
        self.tried.append(tried)
        self.ground.tell(StatementTried(self.step.migration.label, tried, len(self.program.pieces)))

    def _result(self, error: ConsoleError | None, seconds: float | None) -> MigrationTrial:
        return MigrationTrial(
            self.step.migration.version,
            self.step.migration.name,
            self.label,
            tuple(self.tried),
            self.passed,
            self.checks,
            error,
            self.reason,
            held=self.held,
            seconds=seconds,
        )
