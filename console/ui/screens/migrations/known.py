"""What the migrations at hand can do to a database: plans for what is chosen, and the way to carry them out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations import plan, status
from console.migrations.files import formats, locate
from console.migrations.files.folder import Folder
from console.migrations.ledgers.choosing import Chosen, choose
from console.migrations.ledgers.ledger import Applied, Direction, Recorded
from console.migrations.ledgers.reading import recorded
from console.migrations.leftovers import leftover
from console.migrations.leftovers.leftover import Kind, Leftover
from console.migrations.plan import Plan
from console.migrations.states import Standing, State
from console.migrations.status import Status
from console.text import plural

if TYPE_CHECKING:
    from console.migrations.hazards.looking import Looked
    from console.migrations.running.events import Event

_SHOWN = 12  # dangers before a question
_TO_COME = (State.PENDING, State.FAILED, State.OUT_OF_ORDER)


@dataclass(frozen=True, slots=True)
class Known:
    """A folder of migrations, its ledger, and what a database remembers in it, read at one moment."""

    chosen: Chosen
    recorded: Recorded
    leftovers: tuple[Leftover, ...] = ()

    @property
    def folder(self) -> Folder:
        """The migrations."""
        return self.chosen.folder

    @property
    def status(self) -> Status:
        """Both laid side by side."""
        return status.of(self.chosen, self.recorded, self.leftovers)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know before anything runs: that only its own tool does, and what interrupted statements have left."""
        notes = self.status.notes if self.folder.tool is not None else ()
        # A constraint may be meant not to be proved.
        left = [each.sentence for each in self.leftovers if each.kind is not Kind.CONSTRAINT]
        return (*notes, *left)

    def up(self, chosen: Standing | None) -> Plan:
        """Return the plan that applies up to the chosen one, or all when that is applied. Raises BadMigrations."""
        to = chosen.version if chosen is not None and chosen.state in _TO_COME else None
        return plan.up(self.folder, self.recorded, to=to)

    def down(self, chosen: Standing | None) -> Plan:
        """Return the plan that rolls back the chosen one and all that was applied after it. Raises Refused."""
        if chosen is None or chosen.applied is None:
            return Plan()
        after = [each for each in self._in_order if each.position >= chosen.applied.position]
        return plan.down(self.folder, self.recorded, steps=len(after))

    @property
    def _in_order(self) -> list[Applied]:
        """What has a place in the order; the repeatable ones are not rolled back."""
        found = ((each, self.folder.find(each.version)) for each in self.recorded.applied)
        return [each for each, migration in found if migration is None or not migration.repeatable]

    def why_not_up(self, chosen: Standing | None) -> str | None:
        """Return why there is nothing to apply."""
        try:
            return None if self.up(chosen).steps else "Nothing is pending."
        except ConsoleError as error:
            return error.title

    def why_not_down(self, chosen: Standing | None) -> str | None:
        """Return why there is nothing to roll back."""
        if self.folder.tool is not None:
            return self.folder.tool.refusal("down").title
        try:
            return None if self.down(chosen).steps else "This migration is not applied."
        except ConsoleError as error:
            return error.title


async def read(session: Session) -> Known:
    """Read folder and ledger. Raises UsageError, BadMigrations, Refused, StatementFailed, ConnectionFailed."""
    profile = session.target.profile
    folder = await asyncio.to_thread(formats.of_profile, locate.folder(session.target, None, Path.cwd()), profile)
    chosen = await choose(session, folder, profile)
    return Known(chosen, await recorded(chosen.ledger, session), await leftover.read(session))


async def lint(session: Session, known: Known, chosen: Standing) -> Looked | None:
    """Return what the chosen migration may do to others: a pending one with the sizes of the target's tables.

    Raises ConnectionFailed.
    """
    from console.migrations.hazards import looking, server, squawk

    if chosen.migration is None:
        return None
    try:
        steps = known.up(chosen).steps if chosen.state in _TO_COME else ()
    except ConsoleError:
        steps = ()
    found = await server.steps(session, steps) if steps else looking.apart([chosen.migration])
    version = session.server.major if session.server is not None else None
    merged, _ = await asyncio.to_thread(squawk.merged, found[-1:], version=version, folder=known.folder.path)
    return merged[0]


async def dangers(session: Session, wanted: Plan) -> list[str]:
    """Return the worst things that a plan may do to others, a sentence each; none where the server cannot be asked."""
    from console.migrations.hazards import server
    from console.migrations.hazards.hazard import Severity

    try:
        found = await server.steps(session, wanted.steps)
    except ConsoleError:
        return []
    worst = sorted((hazard for each in found for hazard in each.worse()), key=lambda hazard: -hazard.severity)
    more = len(worst) - _SHOWN
    said = [f"{'✗' if hazard.severity is Severity.CRIT else '!'}  {hazard.sentence}" for hazard in worst[:_SHOWN]]
    return [*said, *([f"   and {more} more: the lint tab has them"] if more > 0 else [])]


async def carry_out(session: Session, known: Known, wanted: Plan, consent: Consent) -> AsyncIterator[Event]:
    """Run a plan on a connection of its own and yield what happens. Raises what the runner raises."""
    from console.migrations.running import runner

    async with await session.sibling("migrations", direct=True) as own:
        async for event in runner.run(own, wanted, consent, ledger=known.chosen.ledger):
            yield event


def words(wanted: Plan) -> str:
    """Say what a plan does: "apply 2 migrations"."""
    downs = sum(step.direction is Direction.DOWN for step in wanted.steps)
    ups = len(wanted.steps) - downs
    return f"roll back {plural(downs, 'migration')}" if downs else f"apply {plural(ups, 'migration')}"
