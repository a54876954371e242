"""Tells on standard error what happens while migrations run, and gathers it for the document at the end."""

from __future__ import annotations

import sys
from shutil import get_terminal_size

import click

from console.cli.terminal import streams
from console.cli.terminal.telling import tell
from console.db import signalling
from console.migrations.running import events
from console.migrations.running.events import Event
from console.migrations.running.outcome import Outcomes
from console.text import duration, plural, sanitize

_CLEAR = "\r\x1b[K"
_RARELY = 30.0  # seconds between two lines about how far a statement is, where no line can be written over


class Progress:
    """Takes the events of a run. On a terminal the running statement stands in one line that is written over."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.outcomes = Outcomes()
        self.ended: list[dict[str, object]] = []  # the JSON shapes of sessions that were in the way
        self._quiet = quiet
        self._live = streams.on_terminal(sys.stderr) and not quiet
        self._of = 0  # statements of the script at hand
        self._told: set[int] = set()  # whose end was described
        self._next = _RARELY

    def take(self, event: Event) -> None:
        """Tell one event."""
        self.outcomes.add(event)
        match event:
            case events.StatementStarted():
                self._of, self._next = event.total, _RARELY
                self._over(f"  {event.number}/{event.total} {event.title}")
            case events.StatementProgress():
                self._far(event)
            case events.WaitingForLock():
                self._line(f"  waiting for a lock held by {_waiting(event)}")
                self._say_how_to_end(event)
            case events.BlockerEnded():
                self.ended.append(event.result.as_dict())
                self._line(f"  {event.result.sentence}")
            case events.WaitingForRunner():
                self._line(f"  waiting for another runner: {sanitize(event.holder.holder)}")
            case events.Notice():
                self._line(f"  {event.severity}: {event.text}")
            case events.MigrationApplied():
                self._done("applied", event)
            case events.MigrationRolledBack():
                self._done("rolled back", event)
            case events.MigrationSkipped():
                self._line(f"– {sanitize(event.label)}  {event.reason}")
            case events.Failed() | events.Finished():
                self._over("")

    def show(self, text: str) -> None:
        """Write over the line at the cursor, on a terminal."""
        self._over(sanitize(text))

    def clear(self) -> None:
        """Leave nothing in the line at the cursor."""
        self._over("")

    def over(self, text: str) -> None:
        """Show what goes on in the line at the cursor, until the next that is told."""
        self._over(text)

    def line(self, text: str) -> None:
        """Tell something in a line of its own."""
        self._line(text)

    def _far(self, event: events.StatementProgress) -> None:
        """Show how far a statement is: all the time on a terminal, elsewhere now and again."""
        far = f"{_percent(event)}{event.phase}{_counted(event)} · {duration(event.seconds)}"
        if self._live:
            self._over(f"  {event.number}/{self._of} {far} · {event.title}")
        elif event.seconds >= self._next:
            self._next = event.seconds + _RARELY
            self._line(f"  {event.number}/{self._of} {event.title}: {far}")

    def _say_how_to_end(self, event: events.WaitingForLock) -> None:
        """Say once of each who is in the way by what SQL a person could end it."""
        for blocker in event.blockers:
            if blocker.pid not in self._told:
                self._told.add(blocker.pid)
                self._line(f"    to end it, elsewhere: {signalling.statement(blocker)}")

    def _done(self, verb: str, event: events.MigrationApplied | events.MigrationRolledBack) -> None:
        statements = plural(event.statements, "statement")
        self._line(f"✓ {sanitize(event.label)}  {verb}, {statements}, {duration(event.seconds)}")

    def _line(self, text: str) -> None:
        self._over("")
        if not self._quiet:
            tell(text)

    def _over(self, text: str) -> None:
        """Write over the line at the cursor, which stays there."""
        if not self._live:
            return
        try:
            click.echo(f"{_CLEAR}{text[: get_terminal_size().columns - 1]}", err=True, nl=False)
        except OSError:  # the terminal is gone; the run goes on until a signal says otherwise
            self._live = False


def _percent(event: events.StatementProgress) -> str:
    return "" if event.fraction is None else f"{event.fraction:.0%} "


def _counted(event: events.StatementProgress) -> str:
    return f" · {event.done:,} of {event.total:,} {event.unit}" if event.total else ""


def _waiting(event: events.WaitingForLock) -> str:
    who = ", ".join(blocker.sentence for blocker in event.blockers) or "somebody"
    again = f", again in {duration(event.again_in)}" if event.again_in is not None else ""
    return f"{who} (attempt {event.attempt} of {event.attempts}{again})"
