"""Tells on standard error what happens while migrations run, and gathers it for the document at the end."""

from __future__ import annotations

import sys
from typing import Any

import click

from console.cli.telling import tell
from console.migrations import events
from console.migrations.events import Event
from console.migrations.outcome import Outcomes
from console.migrations.plan import Plan
from console.text import duration, plural, sanitize


class Progress:
    """Takes the plan and its events. On a terminal the running statement stands in one line that is written over."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.outcomes = Outcomes()
        self._quiet = quiet
        self._plan = Plan()
        self._live = sys.stderr.isatty() and not quiet

    def planned(self, wanted: Plan) -> None:
        """Take the plan, and tell what is odd about it."""
        self._plan = wanted
        for warning in wanted.warnings:
            tell(f"! {warning}", style="yellow")

    def take(self, event: Event) -> None:
        """Tell one event."""
        self.outcomes.add(event)
        match event:
            case events.StatementStarted():
                self._over(f"  {event.number}/{event.total} {event.title}")
            case events.WaitingForLock():
                who = ", ".join(blocker.sentence for blocker in event.blockers) or "somebody"
                again = f", again in {duration(event.again_in)}" if event.again_in is not None else ""
                self._line(f"  waiting for a lock held by {who} (attempt {event.attempt} of {event.attempts}{again})")
            case events.WaitingForRunner():
                self._line(f"  waiting for another runner: {sanitize(event.holder.holder)}")
            case events.Notice():
                self._line(f"  {event.severity}: {event.text}")
            case events.MigrationApplied():
                self._done("applied", event)
            case events.MigrationRolledBack():
                self._done("rolled back", event)
            case events.MigrationSkipped():
                self._line(f"– {event.label}  {event.reason}")

    def end(self, *, dry_run: bool) -> None:
        """Tell what it came to; a dry run lists the statements on standard output."""
        if dry_run:
            self._list_statements()
        if not self._quiet:
            tell(self._plan.summary if dry_run or not self._plan.steps else self.outcomes.summary)

    def as_dict(self, *, dry_run: bool) -> dict[str, Any]:
        """Return the JSON shape of the run, or of the plan."""
        return self._plan.as_dict() if dry_run else self.outcomes.as_dict()

    def _list_statements(self) -> None:
        from console.migrations.script import parse

        for step in self._plan.steps:
            program = parse(step.script)
            how = "in one transaction" if program.transaction else "statement by statement, outside a transaction"
            count = plural(len(program.pieces), "statement")
            click.echo(f"{step.direction.value:4}  {sanitize(step.migration.label)}  {count}, {how}")
            for piece in program.pieces:
                click.echo(f"      {piece.line:>5}  {piece.title}")

    def _done(self, verb: str, event: events.MigrationApplied | events.MigrationRolledBack) -> None:
        statements = plural(event.statements, "statement")
        self._line(f"✓ {event.label}  {verb}, {statements}, {duration(event.seconds)}")

    def _over(self, text: str) -> None:
        if self._live:
            click.echo(f"\r\x1b[K{text[: self._width]}", err=True, nl=False)

    def _line(self, text: str) -> None:
        if self._quiet:
            return
        if self._live:
            click.echo("\r\x1b[K", err=True, nl=False)
        tell(text)

    @property
    def _width(self) -> int:
        from shutil import get_terminal_size

        return get_terminal_size().columns - 1
