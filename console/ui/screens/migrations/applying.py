"""What changes the database on the screen of migrations: up and down, and up tried and rolled back."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from textual import work

from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations.plan import Plan
from console.migrations.running.events import StatementFinished, WaitingForLock
from console.text import plural
from console.ui.screens.confirm import Confirm
from console.ui.screens.migrations import known
from console.ui.screens.migrations.known import Known
from console.ui.screens.migrations.state import MigrationsState

if TYPE_CHECKING:
    from console.migrations.trial import events as trial
    from console.migrations.trial.result import Trial

_MAX_LOCK = 5.0  # seconds for which a trial may hold locks


class ApplyingScreen(MigrationsState):
    """A screen of migrations on which they are run."""

    def do_up(self) -> None:
        """Apply up to the chosen one, or all that is pending when an applied one is chosen."""
        assert self.listed is not None
        self._ask_and_run(self.listed.up(self.chosen))

    def do_down(self) -> None:
        """Roll back the chosen one and all that was applied after it."""
        assert self.listed is not None
        self._ask_and_run(self.listed.down(self.chosen))

    def do_try(self) -> None:
        """Run what up would run, tell what it does there, and roll it back."""
        assert self.listed is not None
        self._ask_and_try(self.listed.up(self.chosen))

    def why_not_up(self) -> str | None:
        """Say why nothing can be applied."""
        return self.why_not_run() or (self.listed.why_not_up(self.chosen) if self.listed is not None else None)

    def why_not_down(self) -> str | None:
        """Say why nothing can be rolled back."""
        return self.why_not_run() or (self.listed.why_not_down(self.chosen) if self.listed is not None else None)

    def why_not_try(self) -> str | None:
        """What can be applied can be tried."""
        return self.why_not_up()

    @work(group="asking")
    async def _ask_and_run(self, wanted: Plan) -> None:
        session, listed = self.session, self.listed
        assert session is not None
        assert listed is not None
        try:
            lines = await self._before(session, listed, wanted)
        except ConsoleError as error:
            self.say_error(error)
            return
        consent = await self.app.push_screen_wait(Confirm(session.target, known.words(wanted), lines))
        if consent is not None:
            self.action_leave()
            self.under_way = self._run(session, listed, wanted, consent)

    async def _before(self, session: Session, listed: Known, wanted: Plan) -> list[str]:
        """Return what to know before saying yes. Raises Refused where something stands in the way."""
        from console.migrations.preflight import looking as preflight

        found = await preflight.look(session, wanted.steps)
        found.refuse()
        steps = [f"{step.direction.value}  {step.migration.label}" for step in wanted.steps]
        dangers = await known.dangers(session, wanted)
        return [*steps, *wanted.warnings, *listed.recorded.notes, *found.lines, *dangers]

    @work(exclusive=True, group="running", description="Running migrations.")
    async def _run(self, session: Session, listed: Known, wanted: Plan, consent: Consent) -> None:
        """Run a plan and show what happens."""
        with self.shown(f"{known.words(wanted)} on {session.target.name}") as panel:
            async for event in known.carry_out(session, listed, wanted, consent):
                panel.take(event)
                if isinstance(event, WaitingForLock | StatementFinished):
                    self.refresh_keys()  # whoever is in the way can be ended
        self.read_again()

    @work(group="asking")
    async def _ask_and_try(self, wanted: Plan) -> None:
        session, listed = self.session, self.listed
        assert session is not None
        assert listed is not None
        action = f"try {plural(len(wanted.steps), 'migration')} with locks for at most {_MAX_LOCK:g} s, and roll back"
        consent = await self.app.push_screen_wait(Confirm(session.target, action, list(wanted.warnings)))
        if consent is not None:
            self.action_leave()
            self.under_way = self._try(session, listed, wanted, consent)

    @work(exclusive=True, group="running", description="Trying migrations.")
    async def _try(self, session: Session, listed: Known, wanted: Plan, consent: Consent) -> None:
        from console.migrations.trial import events as trial

        with self.shown(f"try {plural(len(wanted.steps), 'migration')} on {session.target.name}") as panel:
            async with aclosing(_events(session, listed, wanted, consent)) as events:
                async for event in events:
                    panel.take_tried(event)
                    if isinstance(event, trial.TrialFinished):
                        self._tried(event.trial)

    def _tried(self, found: Trial) -> None:
        """Show what each statement did, and say how it ended."""
        from console.ui.screens.migrations import tried

        self.open_list("trial", tried.rows(found))
        said = found.summary.partition(";")[0]
        self.say(said, severity="information" if found.exit_code == 0 else "warning")


async def _events(session: Session, listed: Known, wanted: Plan, consent: Consent) -> AsyncGenerator[trial.Event, None]:
    from console.migrations.trial.trying import try_plan

    ledger = listed.chosen.ledger
    async with (
        await session.sibling("trial", direct=True) as own,
        aclosing(try_plan(own, wanted, consent, ledger, max_lock=_MAX_LOCK)) as events,
    ):
        async for event in events:
            yield event
