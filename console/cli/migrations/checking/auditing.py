"""`dbconsole audit`: what a folder's migrations are expected to make, against what is found on a target."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options, shadowing
from console.cli.call.options import Which
from console.cli.terminal.telling import answer
from console.text import plural

if TYPE_CHECKING:
    from console.cli.migrations.several import Asked, Result
    from console.migrations.audit.auditing import Made
    from console.migrations.audit.facts import Audit

_FINE = 0


@click.command()
@options.targets
@options.directory
@click.option("--exact", is_flag=True, help="Count rows, at most 10 s a table, instead of taking the estimates.")
@shadowing.option
@options.yes
@options.confirms
@options.as_json
def audit(
    which: Which,
    folder: Path | None,
    exact: bool,
    shadow: str | None,
    yes: bool,
    confirm: tuple[str, ...],
    as_json: bool,
) -> int:
    """Compare what all migrations are expected to make, applied or not, with what is found on TARGET, or on several.

    Tables with their rows and columns, views, indexes, functions, policies, extensions, everything. What is expected
    is made in a throw-away PostgreSQL; nothing is written to the target; --yes and --confirm are for the scratch
    database of --shadow same-server.
    """
    from console.cli.call.running import run
    from console.cli.migrations import several
    from console.cli.migrations.checking import audited

    asked = several.asked(which, folder)
    made: Made = {}

    async def work(one: Asked) -> Audit:
        confirmed = one.name if one.name in confirm else None
        return await _audited(one, shadowing.Shadowing(shadow, yes, confirmed), made, exact=exact)

    def told(result: Result[Audit]) -> None:
        if not as_json and (result.error is None or len(asked) > 1):
            audited.print_result(result)

    turns = [several.Turn(one.name, partial(work, one)) for one in asked]
    results = run(lambda: several.each(turns, keep_going=which.keep_going, told=told))
    if len(results) == 1 and results[0].error is not None:
        raise results[0].error
    code = several.gravest({several.exit_code(each, _code(each)) for each in results})
    if as_json:
        answer(_as_dict(results), target=several.names(each.target for each in results), ok=code == _FINE)
    elif len(results) > 1:
        audited.print_side_by_side(results)
        click.echo(_summary(results))
    return code


async def _audited(one: Asked, said: shadowing.Shadowing, made: Made, *, exact: bool) -> Audit:
    from console.migrations.audit.auditing import audit as auditing

    project = one.project
    async with project.session("audit") as session:
        where = said.where(session.target)
        return await auditing(session, project.folder, exact=exact, where=where, made=made)


def _code(result: Result[Audit]) -> int:
    return result.found.exit_code if result.found is not None else _FINE


def _as_dict(results: Sequence[Result[Audit]]) -> dict[str, object]:
    from console.cli.migrations import several
    from console.migrations.audit import shapes

    targets = [
        several.shape(each, shapes.of(each.found) if each.found is not None else {}, code=_code(each))
        for each in results
    ]
    return {"summary": _summary(results), "targets": targets}


def _summary(results: Sequence[Result[Audit]]) -> str:
    from console.cli.migrations import several
    from console.cli.migrations.checking import audited

    if len(results) == 1:
        return audited.summary_of(results[0])
    good = sum(each.found is not None and _code(each) == _FINE for each in results)
    failed = several.unread(results)
    return f"{good} of {plural(len(results), 'target')} as expected{f', {failed}' if failed else ''}"
