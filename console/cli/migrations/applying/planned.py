"""Says what a plan would run, and what that may do to others: for a question, for --dry-run, and as a document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import click

from console.cli.migrations import hazards
from console.cli.terminal.telling import tell
from console.migrations.hazards.looking import Looked
from console.migrations.plan import Plan, Step
from console.migrations.script import parse
from console.text import plural, sanitize


def warn(wanted: Plan, notes: Sequence[str] = ()) -> None:
    """Tell what is odd about a plan, and where it goes."""
    for warning in (*wanted.warnings, *(notes if wanted.steps else ())):
        tell(f"! {sanitize(warning)}", style="yellow")


def steps(wanted: Plan, looked: Sequence[Looked] = ()) -> tuple[str, ...]:
    """Return a line for each script, in order, with the hazards of each below it."""
    both = zip_longest(wanted.steps, looked)
    return tuple(line for step, found in both for line in (_line(step), *_dangers(found)))


def _dangers(found: Looked | None) -> tuple[str, ...]:
    return tuple(hazards.said(found, margin=2)) if found else ()


def _line(step: Step) -> str:
    return f"{step.direction.value:4}  {sanitize(step.migration.label)}"


def print_statements(wanted: Plan, looked: Sequence[Looked]) -> None:
    """Print every statement that would run, with its line in the file, and the hazards. Raises BadSql, Refused."""
    for step, found in zip(wanted.steps, looked, strict=True):
        program = parse(step.script)
        how = "in one transaction" if program.transaction else "one by one, outside a transaction"
        click.echo(f"{_line(step)}  {plural(len(program.pieces), 'statement')}, {how}")
        for piece in program.pieces:
            click.echo(f"      {piece.line:>5}  {piece.title}")
        for line in hazards.said(found, indent=6):
            click.echo(line)


def as_dict(wanted: Plan, looked: Sequence[Looked]) -> dict[str, object]:
    """Return the JSON shape of `up --dry-run` and `down --dry-run`. Raises BadSql, Refused."""
    return {
        "summary": wanted.summary,
        "migrations": [
            {
                "version": step.migration.version,
                "name": step.migration.name,
                "direction": step.direction.value,
                "outcome": "planned",
                "duration_ms": None,
                "statements": len(parse(step.script).pieces),
                "error": None,
                "hazards": [hazard.as_dict() for hazard in found.hazards],
            }
            for step, found in zip(wanted.steps, looked, strict=True)
        ],
        "warnings": list(wanted.warnings),
    }
