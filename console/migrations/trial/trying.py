"""Tries a plan on its target: all of it in one transaction, which is rolled back whatever comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field, replace

from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.db.telling import told
from console.db.writer import Writer
from console.errors import BadSql, Interrupted, Refused
from console.migrations.files.folder import Key
from console.migrations.ledgers.ledger import Applied, Ledger, Own
from console.migrations.plan import Plan, Step
from console.migrations.running import leased, overtaken, unfinished
from console.migrations.running.events import MigrationStarted
from console.migrations.running.lease import Unleased
from console.migrations.running.watch import Watch
from console.migrations.running.work import Patience, Work
from console.migrations.script import Piece, Program, parse
from console.migrations.trial import foreseen
from console.migrations.trial.attempt import Attempt
from console.migrations.trial.events import Event, MigrationTried, TrialFinished
from console.migrations.trial.ground import Ground
from console.migrations.trial.limit import Limit
from console.migrations.trial.looking import Looking
from console.migrations.trial.result import MigrationTrial, Trial
from console.sql.queries import load
from console.text import sanitize

MAX_LOCK = 5.0
_PATIENCE = 1.0  # seconds that a statement waits for a lock: others queue behind it
_PREPARING = 15.0  # seconds for what is read before the first statement, with nobody in the way


def try_plan(
    session: Session, plan: Plan, consent: Consent, ledger: Ledger, *, max_lock: float = MAX_LOCK
) -> AsyncGenerator[Event, None]:
    """Run a plan on a session that nobody else uses meanwhile, and roll it back; yield what happens.

    `max_lock` is how many seconds may pass from the first statement to the end of the rollback. What fails is said in
    the result, which the last event holds. Raises, before anything has run, BadSql, and Refused for a script that
    commits on its way and while another runner is at work; ConnectionLost; Interrupted when the task that iterates is
    cancelled.
    """
    return told(lambda tell: _Trial(session, plan, consent, ledger, max_lock, tell).run())


@dataclass(frozen=True, slots=True)
class _Trial:
    session: Session
    plan: Plan
    consent: Consent
    ledger: Ledger
    max_lock: float
    tell: Callable[[Event], None]
    found: list[MigrationTrial] = field(default_factory=list)

    async def run(self) -> None:
        scripts = [self._script(step) for step in self.plan.steps]
        limit = Limit(self.max_lock, self._patience)
        try:
            if scripts:
                await self._in_transaction(scripts, limit)
        except asyncio.CancelledError:
            raise Interrupted("Stopped while migrations were being tried.", detail=_NOTHING_REMAINS) from None
        self.tell(TrialFinished(Trial(tuple(self.found), self.max_lock, limit.held)))

    @property
    def _patience(self) -> float:
        profile = self.session.target.profile
        return min(profile.lock_timeout, _PATIENCE) if profile and profile.lock_timeout else _PATIENCE

    def _script(self, step: Step) -> tuple[Step, Program, tuple[Piece, ...]]:
        """Return a step with its statements that are still to run. Raises BadSql, Refused."""
        try:
            program = parse(step.script)
        except BadSql as error:
            detail = f"{error.detail}\nNothing has run.".strip()
            raise BadSql(error.title, detail=detail, hint=error.hint, line=error.line, column=error.column) from error
        foreseen.refuse(program)
        done = unfinished.resume_at(step.migration.label, step.direction, program, step.resume)
        return step, program, program.pieces[done:]

    async def _in_transaction(self, scripts: list[tuple[Step, Program, tuple[Piece, ...]]], limit: Limit) -> None:
        async with (
            Watch(self.session, self.consent) as watch,
            self.session.writing(
                self.consent,
                statement_timeout=_PREPARING,
                lock_timeout=self._patience,
                keep=False,
                doing="trying migrations",
            ) as writer,
        ):
            [[(pid,)]] = await writer.read(Query(load("ledger/pid")))
            rows = await self._keep_others_away(writer)
            looking = Looking(writer, limit)
            await looking.begin()
            ground = Ground(writer, looking, limit, self._work(watch), pid, self.tell)
            for number, script in enumerate(scripts, 1):
                await self._one(ground, script, rows, number)

    def _work(self, watch: Watch) -> Work:
        """Return what sends a statement and tells of it; the lease is not ours, and nothing is sent twice."""
        return Work(self.session, self.consent, self.ledger, Unleased(), watch, Patience(pauses=()), self.tell)

    async def _one(
        self,
        ground: Ground,
        script: tuple[Step, Program, tuple[Piece, ...]],
        rows: Mapping[Key, Applied],
        number: int,
    ) -> None:
        step, program, pieces = script
        migration, total = step.migration, len(self.plan.steps)
        attempt = Attempt(ground, step, program, pieces)
        if overtaken.done(step, rows.get(self.plan.order.key(step.recorded_as or migration.version))):
            attempt.pieces = ()
            result = replace(attempt.leave("Another runner has been there meanwhile."), skipped=True)
        elif ground.over:
            result = attempt.leave(ground.over)
        else:
            self.tell(MigrationStarted(migration.label, step.direction, number, total, len(pieces)))
            result = await attempt.run()
        self.found.append(result)
        self.tell(MigrationTried(result, number, total))

    async def _keep_others_away(self, writer: Writer) -> dict[Key, Applied]:
        """Hold the lease's row, or the locks in its place, until the rollback; return what is applied by now.

        Nothing is written, and nothing made: where there is no lease yet, nobody can hold it. Raises Refused while
        another runner is at work.
        """
        recorded = await self.ledger.read(writer)
        if recorded.holder is not None and recorded.holder.alive:
            raise _busy(f"It is {sanitize(recorded.holder.holder)}.")
        if recorded.own is Own.THERE:
            [free] = await writer.read(Query(load("trial/keep_lease")))
            if not free:
                raise _busy("It has taken the lease this moment.")
        locks = leased.keys(self.session, self.ledger, recorded.own is not Own.WITHOUT)
        answers = await writer.read(*(Query(load("ledger/try_lock"), {"key": key}) for key in locks))
        if not all(locked for [(locked,)] in answers):
            raise _busy(f"A run of {self.ledger.name} holds its lock.")
        return {self.plan.order.key(each.version): each for each in recorded.applied}


_NOTHING_REMAINS = "All was rolled back; nothing of it remains."


def _busy(who: str) -> Refused:
    return Refused(
        "Another runner is at work on this database, so nothing was tried.",
        detail=who,
        hint="Wait until it is done; dbconsole status tells.",
    )
