"""`dbconsole status` of several targets: read one after the other, shown side by side."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial

import click

from console.cli.call.options import Which
from console.cli.call.running import run
from console.cli.migrations import several
from console.cli.migrations.several import Asked, Result, Turn
from console.cli.migrations.status import side_by_side
from console.cli.migrations.status.verb import read
from console.cli.terminal import lines, streams
from console.cli.terminal.telling import answer
from console.migrations.in_step import Compared, compare
from console.migrations.status import Status
from console.text import plural, sanitize

_FINE, _FINDINGS = 0, 1


def show(asked: Sequence[Asked], which: Which, *, check: bool, as_json: bool) -> int:
    """Read every target, print what was found, and return the exit code.

    With `check` it is 1 unless all is applied as it stands everywhere, and all are in step.
    """
    turns = [Turn(each.name, partial(_read, each)) for each in asked]
    results = run(lambda: several.each(turns, keep_going=which.keep_going, told=several.tell_failure))
    compared = compare([(each.target, each.found) for each in results if each.found is not None])
    code = _exit_code(results, compared, check=check)
    if as_json:
        shape = _as_dict(results, compared, check=check)
        answer(shape, target=several.names(each.target for each in results), ok=code == _FINE)
    else:
        _print(results, compared)
    return code


async def _read(asked: Asked) -> Status:
    return await read(asked.project)


def _exit_code(results: Sequence[Result[Status]], compared: Compared, *, check: bool) -> int:
    codes = {_code(each, check=check) for each in results}
    if check and not compared.in_step:
        codes.add(_FINDINGS)
    return several.gravest(codes)


def _code(result: Result[Status], *, check: bool) -> int:
    behind = check and result.found is not None and not result.found.up_to_date
    return several.exit_code(result, _FINDINGS if behind else _FINE)


def _as_dict(results: Sequence[Result[Status]], compared: Compared, *, check: bool) -> dict[str, object]:
    return {
        "summary": "; ".join(_said(results, compared)),
        "in_step": compared.in_step if len(compared.names) > 1 else None,
        "differences": [each.as_dict() for each in compared.differences],
        "targets": [
            several.shape(each, each.found.as_dict() if each.found else {}, code=_code(each, check=check))
            for each in results
        ],
    }


def _print(results: Sequence[Result[Status]], compared: Compared) -> None:
    statuses = [each.found for each in results if each.found is not None]
    if statuses:
        width = lines.width() if streams.on_terminal(sys.stdout) else None
        for line in (*side_by_side.head(compared, statuses), *side_by_side.table(compared, width)):
            click.echo(line)
        for sentence in (*side_by_side.reasons(compared), *side_by_side.leftovers(compared, statuses)):
            lines.print_wrapped(sentence, indent=2)
    good = compared.in_step and len(statuses) == len(results)
    for sentence in _said(results, compared):
        click.echo((lines.GOOD if good else lines.ODD)(sentence))


def _said(results: Sequence[Result[Status]], compared: Compared) -> list[str]:
    """Say of whom it is not known, and of the others whether they are in step; of one alone how it stands."""
    failed = several.unread(results)
    said = [f"of {plural(len(results), 'target')} {failed}"] if failed else []
    if len(compared.names) > 1:
        return [*said, *compared.sentences]
    return [*said, *(f"{sanitize(each.target)}: {each.found.summary}" for each in results if each.found)]
