"""What the migrations at hand can do to a database: plans for what is chosen, and the way to carry them out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations import plan, runner, status
from console.migrations.events import Event
from console.migrations.files import locate, native
from console.migrations.files.folder import Folder
from console.migrations.ledgers.ledger import Direction, Recorded
from console.migrations.ledgers.native import Native
from console.migrations.plan import Plan
from console.migrations.states import Standing, State
from console.migrations.status import Status
from console.text import plural

_TO_COME = (State.PENDING, State.FAILED, State.OUT_OF_ORDER)


@dataclass(frozen=True, slots=True)
class Known:
    """A folder of migrations and what a database remembers of them, read at one moment."""

    folder: Folder
    recorded: Recorded

    @property
    def status(self) -> Status:
        """Both laid side by side."""
        return status.of(self.folder, self.recorded, Native().name)

    def up(self, chosen: Standing | None) -> Plan:
        """Return the plan that applies up to the chosen one, or all when that is applied. Raises BadMigrations."""
        to = chosen.version if chosen is not None and chosen.state in _TO_COME else None
        return plan.up(self.folder, self.recorded, to=to)

    def down(self, chosen: Standing | None) -> Plan:
        """Return the plan that rolls back the chosen one and all that was applied after it. Raises Refused."""
        if chosen is None or chosen.applied is None:
            return Plan()
        after = [each for each in self.recorded.applied if each.position >= chosen.applied.position]
        return plan.down(self.folder, self.recorded, steps=len(after))

    def why_not_up(self, chosen: Standing | None) -> str | None:
        """Return why there is nothing to apply."""
        try:
            return None if self.up(chosen).steps else "Nothing is pending."
        except ConsoleError as error:
            return error.title

    def why_not_down(self, chosen: Standing | None) -> str | None:
        """Return why there is nothing to roll back."""
        try:
            return None if self.down(chosen).steps else "This migration is not applied."
        except ConsoleError as error:
            return error.title


async def read(session: Session) -> Known:
    """Read folder and ledger. Raises UsageError, BadMigrations, StatementFailed, ConnectionFailed."""
    folder = await asyncio.to_thread(native.read, locate.folder(session.target, None, Path.cwd()))
    return Known(folder, await Native().read(session))


async def carry_out(session: Session, wanted: Plan, consent: Consent) -> AsyncIterator[Event]:
    """Run a plan on a connection of its own and yield what happens. Raises what the runner raises."""
    async with await session.sibling("migrations", direct=True) as own:
        async for event in runner.run(own, wanted, consent):
            yield event


def words(wanted: Plan) -> str:
    """Say what a plan does: "apply 2 migrations"."""
    downs = sum(step.direction is Direction.DOWN for step in wanted.steps)
    ups = len(wanted.steps) - downs
    return f"roll back {plural(downs, 'migration')}" if downs else f"apply {plural(ups, 'migration')}"
