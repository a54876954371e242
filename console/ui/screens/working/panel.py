"""What happens while migrations run: which one, which statement, how far, who is waited for, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from console.errors import ConsoleError
from console.migrations.running import events
from console.text import duration, plural, sanitize
from console.ui.titles import title
from console.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from console.db.blockers import Blocker
    from console.db.signalling import Signalled
    from console.migrations.rehearsal import events as rehearsed
    from console.migrations.rehearsal.verdict import Rehearsal
    from console.migrations.trial import events as tried


class RunPanel(VerticalScroll):
    """A bar, what runs, what is waited for; hidden until something runs."""

    DEFAULT_CSS = """
    RunPanel {
        height: auto;
        max-height: 60%;
        border: round $primary;
        border-title-color: $accent;
        display: none;
        &.-shown { display: block; }
        &.-failed { border: round $error; }
        &.-done { border: round $success; }
        & Static { height: auto; padding: 0 1; }
        & ProgressLine { margin: 0 1; }
        & #phase, & #far { display: none; }
        &.-counting #phase, &.-counting #far { display: block; }
        & #far { color: $text-muted; }
        &.-failed ProgressLine, &.-failed #far { display: none; }
        &.-done #phase, &.-done #far { display: none; }
        & #waiting { color: $text-warning; }
        & #said { color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        """Make an empty panel."""
        super().__init__(can_focus=False)
        # Held, not looked up: work may tell of itself before they are composed, and after they have gone.
        self._statements, self._phase = ProgressLine(id="statements"), ProgressLine(id="phase")
        self._words = {name: Static("", id=name, markup=False) for name in ("now", "far", "waiting", "said")}
        self._done = 0
        self._verdicts: list[str] = []
        self.blockers: tuple[Blocker, ...] = ()
        """Who is waited for right now, or was when the run gave up."""

    def compose(self) -> ComposeResult:
        """Bar, statement, how far that is, what is waited for, what was said."""
        yield self._statements
        yield self._words["now"]
        yield self._phase
        yield self._words["far"]
        yield self._words["waiting"]
        yield self._words["said"]

    def begin(self, what: str) -> None:
        """Show that something starts."""
        self.border_title = title(what)
        self.remove_class("-failed", "-done", "-counting")
        self.blockers = ()
        self.add_class("-shown")
        self._done = 0
        self._verdicts = []
        self._far(0, 0)
        self._say("starting …")

    def take(self, event: events.Event) -> None:
        """Show one event."""
        match event:
            case events.MigrationStarted():
                self._far(0, event.statements)
                self._say(f"{event.number}/{event.total}  {event.label} {event.direction.value}")
            case events.StatementStarted():
                self._started(event)
            case events.StatementFinished():
                self._far(event.number, event.total)
                self.blockers = ()
                self._tell("waiting", "")
            case events.StatementProgress():
                self._count(event)
            case events.WaitingForLock():
                self.blockers = event.blockers or self.blockers
                self._tell("waiting", _lock(event))
            case events.BlockerEnded():
                self.ended(event.result)
            case events.WaitingForRunner():
                self._tell("waiting", f"waiting for {event.holder.holder}, for {duration(event.waited)}")
            case events.Notice():
                self._tell("said", f"{event.severity}: {event.text}")
            case events.MigrationApplied() | events.MigrationRolledBack():
                self._done += 1
                self._say(f"✓ {event.label}  {plural(event.statements, 'statement')}, {duration(event.seconds)}")
            case events.MigrationSkipped():
                self._say(f"– {event.label}  {event.reason}")
            case events.Finished():
                self.add_class("-done")
                self._say(f"✓ {plural(self._done, 'migration')} done in {duration(event.seconds)}")

    def leave(self) -> None:
        """Hide: what there is to say stands elsewhere."""
        self.remove_class("-shown")

    def count(self, done: int, total: int) -> None:
        """Say how far it is, of work that has no events."""
        self._far(done, total)

    def tell(self, text: str) -> None:
        """Say what is done at the moment, of work that has no events."""
        self._say(text)

    def end(self, text: str, *, well: bool) -> None:
        """Say what came of it."""
        self.add_class("-done" if well else "-failed")
        self._say(f"{'✓' if well else '✗'} {text}")

    def ended(self, result: Signalled) -> None:
        """Show what became of somebody who was in the way, and forget him when he is gone."""
        if result.freed:
            self.blockers = tuple(each for each in self.blockers if each.pid != result.pid)
        self._tell("waiting", result.sentence)

    def take_rehearsed(self, event: rehearsed.Event) -> None:
        """Show one event of a rehearsal: the part that is tried, and below it the verdicts so far."""
        from console.migrations.rehearsal import events as rehearsed

        match event:
            case rehearsed.Preparing():
                self._say(f"{event.what} …")
            case rehearsed.PartStarted():
                self._tell("now", f"{event.number}/{event.total}  {event.label} {event.part}")
            case rehearsed.MigrationRehearsed():
                self._far(event.number, event.total)
                sentences = (f"    {each}" for each in event.verdict.sentences)
                self._verdicts += [f"{event.verdict.label}  {event.verdict.marks}", *sentences]
                self._tell("said", "\n".join(self._verdicts))
            case rehearsed.RehearsalFinished():
                self._rehearsed(event.rehearsal, event.seconds)

    def take_tried(self, event: tried.Event) -> None:
        """Show one event of a trial; what each statement did is a list of its own."""
        from console.migrations.trial import events as tried

        match event:
            case tried.StatementTried():
                self._far(event.tried.number, event.total)
                self._tell("now", f"{event.label}  {event.tried.title}")
            case tried.MigrationTried():
                self._far(event.number, event.total)
            case tried.TrialFinished():
                self.end(event.trial.summary, well=event.trial.exit_code == 0)
            case _:
                self.take(event)

    def _rehearsed(self, found: Rehearsal, seconds: float) -> None:
        self.add_class("-done" if found.proved else "-failed")
        self._tell("now", f"{'✓' if found.proved else '✗'} {found.summary}, {duration(seconds)}")

    def fail(self, error: ConsoleError) -> None:
        """Show how it ended: what the server said, where, what the state is, what to do next."""
        self.add_class("-failed")
        self._say(f"✗ {error.title}{_place(error)}")
        if self.blockers:
            self._tell("waiting", f"x ends pid {self.blockers[0].pid}, which was in the way")
        self._tell("said", "\n".join(part for part in (error.detail, f"→ {error.hint}" if error.hint else "") if part))

    def _started(self, event: events.StatementStarted) -> None:
        """Show the statement that runs; who is waited for stays in sight while it is tried again."""
        now = f"line {event.line}  {event.title}  since {datetime.now():%H:%M:%S}"
        if self.blockers:
            self._tell("now", now)
        else:
            self._say(now)
        self.remove_class("-counting")

    def _count(self, event: events.StatementProgress) -> None:
        """Show how far the statement is; the lines for that stay where they are until it is done."""
        self.add_class("-counting")
        line = self._phase
        line.total, line.done = event.total, event.done
        line.label = f"{event.fraction:4.0%}" if event.fraction is not None else ""
        counted = f"  {event.done:,}/{event.total:,} {event.unit}" if event.total else ""
        words = f"{event.phase}{counted}  {duration(event.seconds)}"
        self._words["far"].update(sanitize(words))

    def _far(self, done: int, total: int) -> None:
        self._statements.total, self._statements.done = total, done

    def _say(self, text: str) -> None:
        self._tell("now", text)
        self._tell("waiting", "")
        self._tell("said", "")

    def _tell(self, where: str, text: str) -> None:
        told = self._words[where]
        told.display = bool(text)
        told.update(sanitize(text, lines=True))


def _place(error: ConsoleError) -> str:
    """Say the place in the SQL, where the sentences do not say it already."""
    if not error.line or f"line {error.line}" in f"{error.title}\n{error.detail}".casefold():
        return ""
    return f" (line {error.line}, column {error.column})"


def _lock(event: events.WaitingForLock) -> str:
    who = ", ".join(blocker.sentence for blocker in event.blockers) or "somebody"
    again = f"; again in {duration(event.again_in)}" if event.again_in is not None else ""
    waiting = f"waiting for a lock held by {who} (attempt {event.attempt} of {event.attempts}{again})"
    return f"{waiting}; x ends it" if event.blockers else waiting
