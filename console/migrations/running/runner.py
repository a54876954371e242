"""Runs a plan: an async iterator of events, the same for the commands and the screen.

Before the first statement every script of the plan is read and cut, so that a syntax error stops the run while nothing
has happened. Then the ledger is made if it is missing, the lease is taken, and what another runner did in the meantime
is left out.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, replace

from console.db.guard import Consent
from console.db.session import Session
from console.db.telling import told
from console.errors import BadSql, ConsoleError, Interrupted
from console.migrations.files.folder import Key, Migration
from console.migrations.ledgers.ledger import Applied, Direction, Ledger, Recorded
from console.migrations.ledgers.native import Native
from console.migrations.plan import Plan, Step
from console.migrations.running import aftermath, in_transaction, one_by_one, overtaken
from console.migrations.running.events import (
    Event,
    Failed,
    Finished,
    MigrationApplied,
    MigrationRolledBack,
    MigrationSkipped,
    MigrationStarted,
)
from console.migrations.running.leased import leased
from console.migrations.running.overtaken import Overtaken
from console.migrations.running.watch import Watch
from console.migrations.running.work import Patience, Work
from console.migrations.script import Program, parse
from console.migrations.snapshots.trail import Doing


def run(
    session: Session,
    plan: Plan,
    consent: Consent,
    *,
    ledger: Ledger | None = None,
    patience: Patience | None = None,
    lease_seconds: float = 30.0,
    snapshots: bool = True,
) -> AsyncGenerator[Event, None]:
    """Run a plan on a session that nobody else uses meanwhile, best a direct one; yield what happens.

    An empty plan writes nothing, not even a ledger. What goes wrong is yielded as Failed and then raised, and says what
    is there now: MigrationFailed, ConnectionLost, Refused, BadSql. Without `snapshots` the schema is not kept, by which
    drift knows later who has changed it. When the task that iterates is cancelled, the
    statement is cancelled on the server, the transaction rolled back, the lease given back, and Interrupted raised
    in its place.
    """
    return told(
        lambda tell: _Runner(
            session, plan, consent, ledger or Native(), patience or Patience(), lease_seconds, tell, snapshots
        ).run(),
        to_the_end=True,
    )


@dataclass(frozen=True, slots=True)
class _Runner:
    session: Session
    plan: Plan
    consent: Consent
    ledger: Ledger
    patience: Patience
    lease_seconds: float
    tell: Callable[[Event], None]
    snapshots: bool = True

    async def run(self) -> None:
        began = time.perf_counter()
        programs = self._programs()
        try:
            if self.plan.steps:
                async with Watch(self.session, self.consent, self.patience.end_blockers_after) as watch:
                    await self._with_lease(programs, watch)
        except asyncio.CancelledError:
            raise Interrupted("Stopped before the next migration; none was half-way.") from None
        self.tell(Finished(time.perf_counter() - began))

    def _programs(self) -> dict[tuple[str, str], Program]:
        try:
            return {_key(step): parse(step.script) for step in self.plan.steps}
        except BadSql as error:
            detail = f"{error.detail}\nNothing has been applied or rolled back.".strip()
            raise BadSql(error.title, detail=detail, hint=error.hint, line=error.line, column=error.column) from error

    async def _with_lease(self, programs: Mapping[tuple[str, str], Program], watch: Watch) -> None:
        async with leased(
            self.session,
            self.consent,
            self.ledger,
            order=self.plan.order,
            doing=self.plan.steps[0].migration.version,
            tell=self.tell,
            watch=watch,
            patience=self.patience,
            seconds=self.lease_seconds,
            snapshots=self.snapshots,
        ) as work:
            await self._go_through(work, programs)

    async def _go_through(self, work: Work, programs: Mapping[tuple[str, str], Program]) -> None:
        recorded = await self.ledger.read(self.session)
        rows: dict[Key, Applied | None] = {self.plan.order.key(each.version): each for each in recorded.applied}
        for number, step in enumerate(self.plan.steps, 1):
            migration, key = step.migration, self.plan.order.key(step.recorded_as or step.migration.version)
            if overtaken.done(step, rows.get(key)):
                self._skip(step)
                continue
            program, total = programs[_key(step)], len(self.plan.steps)
            self.tell(MigrationStarted(migration.label, step.direction, number, total, len(program.pieces)))
            try:
                await self._step(work, self._resumed(step, recorded), program, self._following(number))
            except Overtaken:
                self._skip(step)
                continue
            # A row of what we have done ourselves: for a redo, which goes down and up again.
            rows[key] = None if step.direction is Direction.DOWN else _row(migration)
            work.done.append(migration.label)

    def _skip(self, step: Step) -> None:
        migration, reason = step.migration, _REASONS[step.direction]
        self.tell(MigrationSkipped(migration.label, migration.version, migration.name, reason))

    def _resumed(self, step: Step, recorded: Recorded) -> Step:
        key = self.plan.order.key
        stopped = (each for each in recorded.unfinished if key(each.version) == key(step.migration.version))
        return replace(step, resume=next(stopped, None))

    def _following(self, number: int) -> str:
        """Return the version that comes after step `number`, or an empty text after the last."""
        return self.plan.steps[number].migration.version if number < len(self.plan.steps) else ""

    async def _step(self, work: Work, step: Step, program: Program, following: str) -> None:
        way = in_transaction if program.transaction else one_by_one
        began, work.piece, work.lasting = time.perf_counter(), None, 0
        label, version, name = step.migration.label, step.migration.version, step.migration.name
        work.trail.doing = Doing(version, label, step.direction)
        try:
            await way.run(work, step, program, following)
        except (ConsoleError, asyncio.CancelledError) as stop:
            error = await aftermath.of(work, step, program, stop, time.perf_counter() - began)
            self.tell(Failed(label, version, name, error, time.perf_counter() - began))
            raise error from (stop if isinstance(stop, ConsoleError) else None)
        kind = MigrationApplied if step.direction is Direction.UP else MigrationRolledBack
        self.tell(kind(label, version, name, len(program.pieces), time.perf_counter() - began))


_REASONS = {
    Direction.UP: "Another runner has applied it.",
    Direction.DOWN: "Another runner has rolled it back.",
}


def _row(migration: Migration) -> Applied:
    return Applied(migration.version, migration.name, 0, migration.checksum)


def _key(step: Step) -> tuple[str, str]:
    return step.migration.version, step.direction.value
