"""Says what a plan would run: for a question, for --dry-run, and as a document."""

from __future__ import annotations

import click

from console.cli.telling import tell
from console.migrations.plan import Plan
from console.migrations.script import parse
from console.text import plural, sanitize


def warn(wanted: Plan) -> None:
    """Tell what is odd about a plan."""
    for warning in wanted.warnings:
        tell(f"! {sanitize(warning)}", style="yellow")


def steps(wanted: Plan) -> tuple[str, ...]:
    """Return a line for each script, in order."""
    return tuple(f"{step.direction.value:4}  {sanitize(step.migration.label)}" for step in wanted.steps)


def print_statements(wanted: Plan) -> None:
    """Print every statement that would run, with its line in the file. Raises BadSql, Refused."""
    for step, line in zip(wanted.steps, steps(wanted), strict=True):
        program = parse(step.script)
        how = "in one transaction" if program.transaction else "one by one, outside a transaction"
        click.echo(f"{line}  {plural(len(program.pieces), 'statement')}, {how}")
        for piece in program.pieces:
            click.echo(f"      {piece.line:>5}  {piece.title}")


def as_dict(wanted: Plan) -> dict[str, object]:
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
            }
            for step in wanted.steps
        ],
        "warnings": list(wanted.warnings),
    }
