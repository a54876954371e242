"""Applies what is taken on the screen of drift: as a migration where the database has some, else by itself.

A database whose ledger holds migrations of its folder gets the changes as the next of these, so that all others that
follow the folder get them too. Where the changes lead back to what the folder makes, such a migration would undo for
others what they do not have: they run directly.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from textual import work
from textual.worker import WorkerError

from console.config.profile import Guard, Target
from console.db.guard import Consent
from console.db.session import Session
from console.drift import applying
from console.drift.drift import Drift
from console.drift.events import DriftFinished, Preparing, Proving
from console.drift.proving.proof import State
from console.drift.saving import Saving, must_lead_on
from console.errors import ConsoleError, Refused
from console.migrations.files import locate
from console.migrations.hazards.hazard import Severity
from console.migrations.plan import Plan
from console.migrations.running.events import Event, Finished, StatementFinished, WaitingForLock
from console.text import duration, plural, sanitize
from console.ui.screens.ask import Ask
from console.ui.screens.confirm import Confirm
from console.ui.screens.drift import known as knowing
from console.ui.screens.drift import sides
from console.ui.screens.drift.finishing import FinishingScreen
from console.ui.screens.drift.known import Known, variables
from console.ui.screens.migrations import known as migrations

_SHOWN = 12  # statements and dangers before a question


@dataclass(frozen=True, slots=True)
class Way:
    """How the changes get there: as a migration of `folder`, or directly, and why."""

    folder: Path | None
    why: str


class ApplyingScreen(FinishingScreen):
    """A screen of drift on which what is taken is run on the first side."""

    @work(group="asking")
    async def do_apply(self) -> None:
        """Ask, and run what is taken on the database it begins with."""
        found, here = self.known, self.session
        assert found is not None
        assert here is not None
        if await self.planned(found) is None:
            self._say_changed(found)
            return
        try:
            async with await self._opened(found, here) as session:
                way = await way_of(found, session)
        except ConsoleError as error:
            self.say_error(error)
            return
        if way.folder is not None:
            await self._as_migration(found, here, way.folder)
        else:
            await self._directly(found, here, session.target, way)

    async def _directly(self, found: Known, here: Session, target: Target, way: Way) -> None:
        """Prove what is taken, if it is not; ask with the verdict, and run it."""
        proved = await self._proved(found, here)
        taken = proved.taken if proved is not None else None
        if proved is None or taken is None or self.known is not proved:
            self._say_changed(found)
            return
        if target.guard is Guard.PRODUCTION and taken.proof.state is not State.EQUAL:
            self._refuse(target, taken)
            return
        action = f"run {plural(len(taken.plan.statements), 'statement')}"
        consent = await self.app.push_screen_wait(Confirm(target, action, _told(taken, way)))
        if consent is not None and self.known is proved:
            self.action_leave()
            self.under_way = self._apply(proved, taken, here, consent)

    def _say_changed(self, asked: Known) -> None:
        """Say why nothing comes of a key: another choice was made while it was looked into."""
        if self.known is not None and (self.known.drift is not asked.drift or self.known.left != asked.left):
            self.say("What is taken has changed meanwhile; nothing was run. Press the key again.")

    def _refuse(self, target: Target, taken: Drift) -> None:
        self.panel.begin(f"run {plural(len(taken.plan.statements), 'statement')}")
        self.panel.fail(
            Refused(
                f"{sanitize(target.name)} is production: what is not proved does not run there.",
                detail=sanitize(taken.proof.sentence),
                hint="Where a shadow can be made, e proves it; w writes the SQL.",
            )
        )
        self.refresh_keys()

    async def _proved(self, found: Known, here: Session) -> Known | None:
        """Return what is known once what is taken has a verdict; None when the proof was stopped or failed."""
        if found.taken is None or found.taken.proof.state is not State.OFF:
            return found
        shadowing = await self.shadowing(here)
        if shadowing is None or self.known is not found:
            return None
        self.under_way = running = self.prove_taken(found, here, shadowing)
        try:
            await running.wait()
        except WorkerError:  # stopped; the panel says so
            return None
        known = self.known
        told = known is not None and known.taken is not None and known.taken.proof.state is not State.OFF
        return known if told and known is not None and known.drift is found.drift and known.left == found.left else None

    def why_not_apply(self) -> str | None:
        """The first side has to be a database."""
        why = self.why_not_use_taken()
        if why is None and self.known is not None and not sides.is_live(self.known.ground.sides.a):
            return "The first side is no database: only its SQL can be written."
        return why

    async def _opened(self, found: Known, here: Session) -> Session:
        return await sides.session_on(found.ground.sides.a, here, self.console, direct=True)

    @work(exclusive=True, group="running", description="Applying a drift.")
    async def _apply(self, found: Known, taken: Drift, here: Session, consent: Consent) -> None:
        """Run the statements, show what happens, and compare again."""
        done = 0
        with self.shown(f"run {plural(len(taken.plan.statements), 'statement')} on {consent.target}"):
            async with (
                await self._opened(found, here) as session,
                aclosing(applying.apply(session, taken, consent)) as events,
            ):
                async for event in events:
                    done += isinstance(event, StatementFinished)
                    self._follow(event, done)
            self._applied()

    def _applied(self) -> None:
        """Compare again; the other screens show the same database."""
        is_here = self.sides.a == sides.HERE
        for screen in self.console.shown if is_here else (self,):
            screen.call_later(screen.read_again)

    async def _as_migration(self, found: Known, here: Session, folder: Path) -> None:
        """Save what is taken as the next migration, then apply that as any other."""
        explain = f"It becomes the next migration of {sanitize(str(folder))}, and is then applied as one."
        name = await self.app.push_screen_wait(Ask("Apply as a migration", value="drift", explain=explain))
        shadowing = await self.shadowing(here) if name else None
        if name and shadowing is not None and self.known is found:
            self.action_leave()
            self.under_way = self._save_and_apply(found, here, shadowing, Saving(folder, name, variables(here)))

    @work(exclusive=True, group="running", description="Applying a drift as a migration.")
    async def _save_and_apply(self, found: Known, here: Session, shadowing: knowing.Shadowing, saving: Saving) -> None:
        with self.shown(f"save {sanitize(saving.name)}") as panel:
            assert found.taken is not None
            async with aclosing(knowing.finishing(found, found.taken, here, shadowing, saving)) as events:
                async for event in events:
                    if isinstance(event, Preparing):
                        panel.tell(f"{event.what} …")
                    elif isinstance(event, Proving):
                        panel.count(event.number, event.total)
                    elif isinstance(event, DriftFinished):
                        saved = event.drift.files
            panel.end(f"saved: {', '.join(sanitize(each.name) for each in saved)}", well=True)
            async with await self._opened(found, here) as session:
                await self._up(session, saved)
            self._applied()

    async def _up(self, session: Session, saved: tuple[Path, ...]) -> None:
        """Ask, and apply the migrations that were saved. Raises what the runner raises."""
        listed = await migrations.read(session)
        wanted = listed.up(None)
        _must_be_alone(wanted, saved)
        lines = [f"up  {step.migration.label}" for step in wanted.steps]
        dangers = await migrations.dangers(session, wanted)
        action = migrations.words(wanted)
        consent = await self.app.push_screen_wait(Confirm(session.target, action, [*lines, *wanted.warnings, *dangers]))
        if consent is None:
            raise Refused("Saved, and not applied.", hint="Key 3 shows the migration; u applies it there.")
        self.panel.begin(f"{action} on {session.target.name}")
        async with aclosing(_carried_out(session, listed, wanted, consent)) as events:
            async for event in events:
                self._follow(event, 0)

    def _follow(self, event: Event, done: int) -> None:
        if isinstance(event, Finished) and done:
            self.panel.end(f"{plural(done, 'statement')} applied in {duration(event.seconds)}", well=True)
        else:
            self.panel.take(event)
        if isinstance(event, WaitingForLock | StatementFinished):
            self.refresh_keys()


async def _carried_out(
    session: Session, listed: migrations.Known, wanted: Plan, consent: Consent
) -> AsyncGenerator[Event, None]:
    async for event in migrations.carry_out(session, listed, wanted, consent):
        yield event


async def way_of(found: Known, session: Session) -> Way:
    """Return how the changes get to the database of a session. Raises what reading the ledger raises."""
    try:
        folder = locate.folder(session.target, None, Path.cwd())
        must_lead_on(folder, found.ground.sources.a, found.ground.sources.b)
    except ConsoleError:
        return Way(None, "directly: they lead back to what the migrations make, or there is no folder of migrations")
    listed = await migrations.read(session)
    if not listed.recorded.applied:
        return Way(None, "directly: no migration of the folder is applied there")
    return Way(folder, "as a migration")


def _told(taken: Drift, way: Way) -> list[str]:
    """Return what to know before saying yes: what is proved, what it may do, what runs."""
    proof = taken.proof
    head = proof.sentence
    worse = [each for some in taken.hazards for each in some if each.severity > Severity.INFO]
    ordered = sorted(dict.fromkeys(worse), key=lambda each: -each.severity)
    dangers = [f"{'✗' if each.severity is Severity.CRIT else '!'}  {each.sentence}" for each in ordered]
    statements = [sanitize(" ".join(each.text.split())) for each in taken.plan.statements]
    said = *_some(dangers, "the tab hazards has them"), "", *_some(statements, "the tab all SQL has them")
    return [head, way.why, *said]


def _some(lines: list[str], where: str) -> list[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"   and {more} more: {where}"] if more > 0 else lines


def _must_be_alone(wanted: Plan, saved: tuple[Path, ...]) -> None:
    """Raise Refused when more than what was saved would be applied."""
    ours = {path.name for path in saved} | {path.parent.name for path in saved}
    others = [
        step.migration.label
        for step in wanted.steps
        if step.migration.up.path.name not in ours and step.migration.up.path.parent.name not in ours
    ]
    if others or not wanted.steps:
        named = ", ".join(sanitize(each) for each in others[:3])
        raise Refused(
            "Saved, and not applied: other migrations would go first.",
            detail=f"Pending as well: {named}." if named else "",
            hint="Key 3 shows them; u applies them in their order.",
        )
