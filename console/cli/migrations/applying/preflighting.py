"""Shows what stands in the way of a plan: above the question, in a dry run, and as an error where it stops the plan."""

from __future__ import annotations

from collections.abc import Iterator

import click

from console.cli.terminal import lines
from console.cli.terminal.lines import Sign
from console.cli.terminal.telling import tell
from console.migrations.preflight.finding import Finding, Preflight, Status

_SIGNS = {Status.OK: lines.GOOD, Status.WARN: lines.ODD, Status.STOP: lines.BAD, Status.SKIPPED: Sign("–")}


def said(found: Preflight) -> Iterator[str]:
    """Yield the list in lines that fit the terminal: what is noteworthy first, what is fine in one sentence."""
    for finding in found.noteworthy:
        yield from _finding(finding)
    if found.fine:
        yield from _signed(Status.OK, found.fine)


def warn(found: Preflight) -> None:
    """Tell of the warnings, to whoever is not asked and would not see them there."""
    for finding in found.warnings:
        for line in _finding(finding):
            tell(line)


def show(found: Preflight) -> None:
    """Print the list, for a dry run."""
    for line in said(found):
        click.echo(line)


def _finding(finding: Finding) -> Iterator[str]:
    yield from _signed(finding.status, finding.sentence)
    for number, line in enumerate(lines.wrapped(finding.advice, indent=6)):
        yield f"  {'  ' if number else '→ '}{line}"


def _signed(status: Status, text: str) -> Iterator[str]:
    first, *more = lines.wrapped(text, indent=4)
    yield _SIGNS[status](first)
    yield from (f"  {line}" for line in more)
