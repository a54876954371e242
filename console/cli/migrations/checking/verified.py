"""What `dbconsole verify` prints, of one target and of several, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import click

from console.cli.call.options import Which
from console.cli.call.running import run
from console.cli.migrations import several
from console.cli.migrations.checking.verifying import read
from console.cli.migrations.several import Asked, Result, Turn
from console.cli.terminal import lines
from console.cli.terminal.lines import Sign
from console.cli.terminal.telling import answer
from console.migrations.verify import Verification
from console.text import plural, sanitize

_FINE, _FINDINGS = 0, 1


def show(asked: Sequence[Asked], which: Which, *, as_json: bool) -> int:
    """Verify every target and return the exit code; a check that fails is an answer, and stops no other target."""

    def told(result: Result[Verification]) -> None:
        several.tell_failure(result)
        if result.found is not None and not as_json:
            print_one(result.found, f"{sanitize(result.target)}: ")

    turns = [Turn(each.name, partial(_read, each)) for each in asked]
    results = run(lambda: several.each(turns, keep_going=which.keep_going, told=told))
    gravest = several.gravest({several.exit_code(each, code(each.found)) for each in results})
    if as_json:
        answer(_as_dict(results), target=several.names(each.target for each in results), ok=gravest == _FINE)
    else:
        total, failed = _total(results), several.unread(results)
        click.echo((lines.BAD if failed else _sign(total))(_summary(results)))
    return gravest


def print_one(found: Verification, head: str = "") -> None:
    """Print each check that failed, and how many passed, with `head` before them."""
    for check in found.checks:
        if not check.ok:
            click.echo(lines.BAD(f"{head}{sanitize(check.migration)}: {check.name}"))
            lines.print_wrapped(check.detail)
    click.echo(_sign(found)(f"{head}{found.summary}"))


def code(found: Verification | None) -> int:
    """Return the exit code that a target's checks come to."""
    return _FINDINGS if found is not None and found.failed else _FINE


async def _read(asked: Asked) -> Verification:
    return await read(asked.project)


def _as_dict(results: Sequence[Result[Verification]]) -> dict[str, object]:
    total = _total(results)
    return {
        "summary": _summary(results),
        "passed": total.passed,
        "failed": total.failed,
        "total": total.total,
        "targets": [
            several.shape(each, each.found.as_dict() if each.found is not None else {}, code=code(each.found))
            for each in results
        ],
    }


def _total(results: Sequence[Result[Verification]]) -> Verification:
    return Verification(tuple(check for each in results if each.found is not None for check in each.found.checks))


def _summary(results: Sequence[Result[Verification]]) -> str:
    failed = several.unread(results)
    return f"{plural(len(results), 'target')}: {_total(results).summary}{f'; {failed}' if failed else ''}"


def _sign(found: Verification) -> Sign:
    return lines.BAD if found.failed else lines.GOOD if found.total else lines.ODD
