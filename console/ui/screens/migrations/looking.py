"""What is looked at on the screen of migrations and changes nothing: plan, checks, history, hazards, audit, report."""

from __future__ import annotations

from textual import work
from textual.worker import Worker

from console.errors import ConsoleError
from console.migrations import history, verify
from console.migrations.audit.auditing import audit
from console.migrations.audit.summary import rate, summary
from console.rows.source import Listed
from console.ui.screens.migrations import audited, known, lists, reporting
from console.ui.screens.migrations.state import MigrationsState

_REMEMBERED = 200  # entries of the history


class LookingScreen(MigrationsState):
    """A screen of migrations on which one can look around."""

    def __init__(self) -> None:
        """Look at nothing yet."""
        super().__init__()
        self._long_worker: Worker[None] | None = None  # a report or an audit, which take their time

    async def stop(self) -> bool | str | None:
        """Stop the run, the audit or the report under way."""
        if self._long_worker is not None and not self._long_worker.is_finished:
            self._long_worker.cancel()
            return True
        return await super().stop()

    def do_plan(self) -> None:
        """Show the statements that up would run."""
        assert self.listed is not None
        try:
            self.open_list("plan", lists.plan(self.listed.up(self.chosen)))
        except ConsoleError as error:
            self.say_error(error)

    @work(exclusive=True, group="reading", description="Verifying.")
    async def do_verify(self) -> None:
        """Run all checks and show them, the failed ones first."""
        assert self.session is not None
        assert self.listed is not None
        try:
            found = await verify.verify(self.session, self.listed.folder)
        except ConsoleError as error:
            self.say_error(error)
            return
        self.open_list("checks", lists.checks(found))
        self.say(found.summary, severity="information" if not found.failed else "warning")

    @work(exclusive=True, group="reading", description="Reading the history.")
    async def do_history(self) -> None:
        """Show what was done here."""
        assert self.session is not None
        try:
            found = await history.read(self.session, limit=_REMEMBERED)
        except ConsoleError as error:
            self.say_error(error)
            return
        self.open_list("history", lists.history(found.entries))

    def do_audit(self) -> None:
        """Compare what the migrations are expected to make with what is found."""
        self._long_worker = self._audit()

    def do_report(self) -> None:
        """Ask for a file, and write the synchronisation report to it."""
        self._long_worker = self._write_report()

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

    @work(exclusive=True, group="looking long", description="Auditing.")
    async def _audit(self) -> None:
        assert self.session is not None
        assert self.listed is not None
        panel = self.panel
        panel.begin(f"audit {self.session.target.name}")
        panel.tell("running the migrations in a shadow, to see what they are expected to make …")
        try:
            async with await self.session.sibling("audit") as own:
                where = await reporting.where(self.session)
                found = await audit(own, self.listed.folder, where=where)
        except ConsoleError as error:
            panel.fail(error)
            return
        panel.end(summary(found), well=found.exit_code == 0)
        self.open_list("audit", audited.rows(found))
        self.say(rate(found), severity="information" if found.exit_code == 0 else "warning")

    @work(exclusive=True, group="looking long", description="Writing the report.")
    async def _write_report(self) -> None:
        assert self.session is not None
        assert self.listed is not None
        typed = await self.app.push_screen_wait(reporting.question(self.session))
        if not typed or self.session is None or self.listed is None:
            return
        self.say("Writing the report …")
        try:
            found = await reporting.write(self.session, self.listed.folder, typed)
        except ConsoleError as error:
            self.say_error(error)
            return
        said = f"The report is in {typed}: {found.summary}."
        self.say(said, severity="information" if found.in_step else "warning")
