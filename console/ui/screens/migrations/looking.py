"""What is looked at on the screen of migrations and changes nothing: plan, checks, history, hazards, audit, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from console.db.session import Session
from console.errors import ConsoleError
from console.rows.source import Listed
from console.text import sanitize
from console.ui.screens.migrations import known, lists
from console.ui.screens.migrations.state import MigrationsState

if TYPE_CHECKING:
    from console.ui.screens.migrations.known import Known

_REMEMBERED = 200  # entries of the history


class LookingScreen(MigrationsState):
    """A screen of migrations on which one can look around."""

    def do_plan(self) -> None:
        """Show the statements that up would run."""
        assert self.listed is not None
        try:
            self.open_list("plan", lists.plan(self.listed.up(self.chosen)))
        except ConsoleError as error:
            self.say_error(error)

    @work(exclusive=True, group="looking", description="Verifying.")
    async def do_verify(self) -> None:
        """Run all checks and show them, the failed ones first."""
        from console.migrations import verify

        assert self.session is not None
        assert self.listed is not None
        try:
            found = await verify.verify(self.session, self.listed.folder)
        except ConsoleError as error:
            self.say_error(error)
            return
        self.open_list("checks", lists.checks(found))
        self.say(found.summary, severity="information" if not found.failed else "warning")

    @work(exclusive=True, group="looking", description="Reading the history.")
    async def do_history(self) -> None:
        """Show what was done here."""
        from console.migrations import history

        assert self.session is not None
        try:
            found = await history.read(self.session, limit=_REMEMBERED)
        except ConsoleError as error:
            self.say_error(error)
            return
        self.open_list("history", lists.history(found.entries))

    def do_audit(self) -> None:
        """Compare what the migrations are expected to make with what is found."""
        assert self.session is not None
        assert self.listed is not None
        self.under_way = self._audit(self.session, self.listed)

    @work(group="asking")
    async def do_report(self) -> None:
        """Ask for a file, and write the synchronisation report to it."""
        from console.ui.screens.migrations import reporting

        session, listed = self.session, self.listed
        assert session is not None
        assert listed is not None
        typed = await self.app.push_screen_wait(reporting.question(session))
        if typed:
            self.under_way = self._write_report(session, listed, typed)

    @work(exclusive=True, group="linting", description="Looking at what the migration may do to others.")
    async def lint(self) -> None:
        """Show the hazards of the chosen migration, when that is what is looked at."""
        if self.view.tab != "lint" or self.session is None or self.listed is None or self.chosen is None:
            return
        try:
            found = await known.lint(self.session, self.listed, self.chosen)
        except ConsoleError as error:
            self.say_error(error)
            return
        self.view.put("lint", lists.hazards(found) if found is not None else Listed(()))

    def why_not_plan(self) -> str | None:
        """A plan needs something pending."""
        return self.why_not_run() or (self.listed.why_not_up(self.chosen) if self.listed is not None else None)

    def why_not_verify(self) -> str | None:
        """Checks need a folder and a session."""
        return self.why_not_run()

    def why_not_audit(self) -> str | None:
        """An audit needs a folder that can be run in a shadow."""
        tool = self.listed.folder.tool if self.listed is not None else None
        return self.why_not_run() or (tool.refusal("audit").title if tool is not None else None)

    def why_not_report(self) -> str | None:
        """A report needs a folder and a session, and nobody who changes both meanwhile."""
        return self.why_not_run()

    def why_not_history(self) -> str | None:
        """History needs a session."""
        return None if self.session is not None else "There is no session."

    @work(exclusive=True, group="running", description="Auditing.")
    async def _audit(self, session: Session, listed: Known) -> None:
        from console.migrations.audit.auditing import audit
        from console.migrations.audit.summary import rate, summary
        from console.ui.screens.migrations import audited, reporting

        with self.shown(f"audit {session.target.name}") as panel:
            panel.tell("running the migrations in a shadow, to see what they are expected to make …")
            async with await session.sibling("audit") as own:
                found = await audit(own, listed.folder, where=await reporting.where(session))
            panel.end(summary(found), well=found.exit_code == 0)
            self.open_list("audit", audited.rows(found))
            self.say(rate(found), severity="information" if found.exit_code == 0 else "warning")

    @work(exclusive=True, group="running", description="Writing the report.")
    async def _write_report(self, session: Session, listed: Known, typed: str) -> None:
        from console.ui.screens.migrations import reporting

        with self.shown(f"write a report of {session.target.name}") as panel:
            panel.tell("reading what is there, and running the migrations in a shadow …")
            found = await reporting.write(session, listed.folder, typed)
            panel.end(f"The report is in {sanitize(typed)}: {found.summary}.", well=found.in_step)
