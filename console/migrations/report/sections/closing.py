"""The end: other targets, the way back, health in five lines, what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.catalog.marks import bullets, code, plain, table
from console.catalog.model import Kind
from console.migrations.report.facts import Line, Loss, Report, Rollback, Size
from console.migrations.report.sections.saying import counts, kind, labelled, named, rows, size
from console.text import plural, sanitize


def closing(report: Report) -> Iterator[str]:
    """Return the last four sections."""
    yield "## Other targets of these migrations"
    yield from _neighbours(report)
    yield "## Rollback plan"
    yield from _rollback(report)
    yield "## Health"
    yield table(("What", "State", "Measured", "Why"), map(_line, report.health))
    yield "## Next steps"
    yield from _next(report)


def _neighbours(report: Report) -> Iterator[str]:
    if not report.neighbours:
        yield "None that the configuration knows: no other profile has this folder, or shares a tag."
        return
    cells = [
        (code(sanitize(each.name)), plain(each.why), each.state, plain(each.summary)) for each in report.neighbours
    ]
    yield table(("Target", "Shares", "State", "Migrations"), cells)


def _rollback(report: Report) -> Iterator[str]:
    if not report.rollback:
        yield "Nothing is applied, so there is nothing to roll back."
        return
    yield (
        "The down files, the newest application first. Rows with ≈ are estimates of the last ANALYZE; what a down file"
        " does to the data of tables that stay is in the file alone."
    )
    for number, step in enumerate(report.rollback, 1):
        yield f"### Step {number}: {labelled(step.label)}"
        yield bullets(_about(step))
        if step.loses:
            yield table(("Loses", "What", "Rows", "Size"), [_loss(loss) for loss in step.loses], right={2, 3})
    if report.batch is None:
        yield f"All of it: {code(f'dbconsole down {report.word} --all')}, with {code('--dry-run')} first."
    else:
        yield f"What was applied after batch {report.batch} has to be rolled back before."


def _about(step: Rollback) -> Iterator[str]:
    if step.file is not None:
        how = ", in one transaction" if step.transaction else ", statement by statement" if step.statements else ""
        statements = f": {plural(step.statements, 'statement')}{how}" if step.statements is not None else ""
        yield f"{code(sanitize(step.file.name))}{statements}"
    if step.why:
        yield plain(step.why)
    elif dropped := counts(step.drops):
        yield f"takes away {dropped}"
    else:
        yield "takes away no objects"
    if any(loss.key.kind is not Kind.COLUMN for loss in step.loses):
        yield _together([loss.size for loss in step.loses if loss.key.kind is not Kind.COLUMN])


def _together(sizes: Sequence[Size]) -> str:
    """Say how many rows are lost in all."""
    known = [each for each in sizes if each.rows is not None]
    total = Size(sum(each.rows or 0 for each in known), counted=all(each.counted for each in known))
    unknown = len(sizes) - len(known)
    return f"loses {rows(total)} rows" + (f", and those of {plural(unknown, 'table')} not counted" if unknown else "")


def _loss(loss: Loss) -> tuple[str, ...]:
    return kind(loss.key), named(loss.key), rows(loss.size), size(loss.size.bytes)


def _line(line: Line) -> tuple[str, ...]:
    return line.title.capitalize(), line.health.value, plain(line.figure), plain(line.reason)


def _next(report: Report) -> Iterator[str]:
    if not report.next_steps:
        yield "None: everything is applied, in place and verified."
        return
    yield "\n".join(f"{number}. {plain(step)}" for number, step in enumerate(report.next_steps, 1))
