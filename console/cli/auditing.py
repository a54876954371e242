"""`dbconsole audit`: what a folder's migrations are expected to make, against what is found on a target."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli import options
from console.cli.telling import answer
from console.errors import ConsoleError, Interrupted
from console.text import plural

if TYPE_CHECKING:
    from console.cli.audited import Result
    from console.cli.project import Project

_FINE, _FINDINGS, _INCOMPLETE = 0, 1, 6


@click.command()
@options.words_and("…")
@options.directory
@click.option("--exact", is_flag=True, help="Count rows, at most 10 s a table, instead of taking the estimates.")
@options.as_json
def audit(words: tuple[str, ...], folder: Path | None, exact: bool, as_json: bool) -> int:
    """Compare what all migrations are expected to make, applied or not, with what is found on TARGET, or on several.

    Tables with their rows and columns, views, indexes, functions, policies, extensions, everything. What is expected
    is made in a throw-away PostgreSQL; nothing is written to the target.
    """
    from console.cli import audited
    from console.cli.project import Project
    from console.cli.running import run

    projects = [Project.of((word,), folder) for word in words] or [Project.of((), folder)]
    results = run(lambda: _audited(projects, exact=exact, quiet=as_json))
    code = _exit_code({each.exit_code for each in results})
    if as_json:
        names = ", ".join(each.target for each in results)
        answer({"summary": _summary(results), "targets": _shapes(results)}, target=names, ok=code == _FINE)
    elif len(results) > 1:
        audited.print_side_by_side(results)
        click.echo(_summary(results))
    return code


def _exit_code(codes: Collection[int]) -> int:
    """Return the gravest: what could not be done, before findings, before what is not known."""
    failed = sorted(code for code in codes if code not in (_FINE, _FINDINGS, _INCOMPLETE))
    return next((code for code in (*failed, _FINDINGS, _INCOMPLETE) if code in codes), _FINE)


async def _audited(projects: Sequence[Project], *, exact: bool, quiet: bool) -> list[Result]:
    """Audit one target after the other, and say at once what was found; of several, one that fails stops no other."""
    from console.cli import audited

    results = []
    for project in projects:
        result = await _one(project, exact=exact)
        if result.error is not None and len(projects) == 1:
            raise result.error
        results.append(result)
        if not quiet:
            audited.print_result(result)
    return results


async def _one(project: Project, *, exact: bool) -> Result:
    from console.cli.audited import Result
    from console.migrations.audit.auditing import audit as auditing

    name = project.target.name
    try:
        async with project.session("audit") as session:
            return Result(name, await auditing(session, project.folder, exact=exact))
    except Interrupted:
        raise
    except ConsoleError as error:
        return Result(name, error=error)


def _summary(results: Sequence[Result]) -> str:
    if len(results) == 1:
        return results[0].summary
    good = sum(each.exit_code == _FINE for each in results)
    return f"{good} of {plural(len(results), 'target')} as expected"


def _shapes(results: Sequence[Result]) -> list[dict[str, object]]:
    from console.migrations.audit import shapes

    found = []
    for each in results:
        if each.audit is not None:
            found.append(shapes.of(each.audit))
        elif each.error is not None:
            found.append(shapes.failed(each.target, each.error))
    return found
