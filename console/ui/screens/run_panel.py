"""What happens while migrations run: which one, which statement, how far, who is waited for, and how it ended."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import ProgressBar, Static

from console.errors import ConsoleError
from console.migrations import events
from console.migrations.events import Event
from console.text import duration, plural, sanitize


class RunPanel(Vertical):
    """Three lines and a bar; hidden until something runs."""

    DEFAULT_CSS = """
    RunPanel {
        height: auto;
        max-height: 12;
        border: round $primary;
        border-title-color: $accent;
        display: none;
        &.-shown { display: block; }
        &.-failed { border: round $error; }
        &.-done { border: round $success; }
        & ProgressBar { height: 1; }
        & ProgressBar Bar { width: 1fr; }
        & Static { height: auto; max-height: 6; }
        & #waiting { color: $text-warning; }
    }
    """

    def __init__(self) -> None:
        """Make an empty panel."""
        super().__init__()
        self._done = 0

    def compose(self) -> ComposeResult:
        """Bar, statement, what is waited for."""
        yield ProgressBar(show_eta=False, show_percentage=False)
        yield Static("", id="now", markup=False)
        yield Static("", id="waiting", markup=False)

    def begin(self, title: str) -> None:
        """Show that something starts."""
        self.border_title = sanitize(title).replace("[", r"\[")
        self.remove_class("-failed", "-done")
        self.add_class("-shown")
        self._done = 0
        self._say("starting …")
        self.query_one(ProgressBar).update(total=None, progress=0)

    def take(self, event: Event) -> None:
        """Show one event."""
        match event:
            case events.MigrationStarted():
                self.query_one(ProgressBar).update(total=max(event.statements, 1), progress=0)
                self._say(f"{event.number}/{event.total}  {event.label} {event.direction.value}")
            case events.StatementStarted():
                self._say(f"{event.number}/{event.total}  {event.title}")
            case events.StatementFinished():
                self.query_one(ProgressBar).update(progress=event.number)
            case events.WaitingForLock():
                self._wait(_lock(event))
            case events.WaitingForRunner():
                who = sanitize(event.holder.holder)
                self._wait(f"waiting for another runner: {who}, for {duration(event.waited)}")
            case events.Notice():
                self._wait(f"{event.severity}: {event.text}")
            case events.MigrationApplied() | events.MigrationRolledBack():
                self._done += 1
                self._say(f"✓ {event.label}  {plural(event.statements, 'statement')}, {duration(event.seconds)}")
            case events.MigrationSkipped():
                self._say(f"– {event.label}  {event.reason}")
            case events.Finished():
                self.add_class("-done")
                self._say(f"✓ {plural(self._done, 'migration')} done in {duration(event.seconds)}")

    def fail(self, error: ConsoleError) -> None:
        """Show how it ended: what the server said, where, and what the state is."""
        self.add_class("-failed")
        place = f" (line {error.line}, column {error.column})" if error.line else ""
        self._say(f"✗ {error.title}{place}")
        self._wait("\n".join(part for part in (error.detail, f"→ {error.hint}" if error.hint else "") if part))

    def _say(self, text: str) -> None:
        self.query_one("#now", Static).update(Text(sanitize(text, lines=True)))
        self._wait("")

    def _wait(self, text: str) -> None:
        self.query_one("#waiting", Static).update(Text(sanitize(text, lines=True)))


def _lock(event: events.WaitingForLock) -> str:
    who = ", ".join(blocker.sentence for blocker in event.blockers) or "somebody"
    again = f"; again in {duration(event.again_in)}" if event.again_in is not None else ""
    return f"waiting for a lock held by {who} (attempt {event.attempt} of {event.attempts}{again})"
