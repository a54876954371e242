"""Tells on standard error what happens while migrations run, and gathers it for the document at the end."""

from __future__ import annotations

import sys
from shutil import get_terminal_size

import click

from console.cli import streams
from console.cli.telling import tell
from console.migrations import events
from console.migrations.events import Event
from console.migrations.outcome import Outcomes
from console.text import duration, plural, sanitize

_CLEAR = "\r\x1b[K"


class Progress:
    """Takes the events of a run. On a terminal the running statement stands in one line that is written over."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.outcomes = Outcomes()
        self._quiet = quiet
        self._live = streams.on_terminal(sys.stderr) and not quiet

    def take(self, event: Event) -> None:
        """Tell one event."""
        self.outcomes.add(event)
        match event:
            case events.StatementStarted():
                self._over(f"  {event.number}/{event.total} {event.title}")
            case events.WaitingForLock():
                self._line(f"  waiting for a lock held by {_waiting(event)}")
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

    def clear(self) -> None:
        """Leave nothing in the line at the cursor."""
        self._over("")

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


def _waiting(event: events.WaitingForLock) -> str:
    who = ", ".join(blocker.sentence for blocker in event.blockers) or "somebody"
    again = f", again in {duration(event.again_in)}" if event.again_in is not None else ""
    return f"{who} (attempt {event.attempt} of {event.attempts}{again})"
