"""Prints a drift for people: a line an object with what changes of it, then what came of the proof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from console.cli.terminal import lines
from console.cli.terminal.lines import Sign
from console.cli.terminal.telling import tell
from console.drift import lines as of_drift
from console.text import plural, sanitize

if TYPE_CHECKING:
    from console.drift.drift import Drift

_SIGNS = {"+": Sign("+", "green"), "−": Sign("−", "red"), "~": Sign("~", "yellow")}
_MANY = 10  # sentences of one sort before the rest is only counted


def print_drift(found: Drift) -> None:
    """Print what differs on standard output, and how it was compared on standard error."""
    for note in found.notes:
        tell(f"· {sanitize(note)}")
    told = of_drift.lines(found)
    kinds = max((len(each.kind) for each in told), default=0)
    for each in told:
        head = f"{each.kind:{kinds}}  {each.name}"
        click.echo(_SIGNS[each.sign](f"{head}  {each.summary}".rstrip()))
        for detail in each.details:
            for number, line in enumerate(lines.wrapped(detail, indent=6)):
                click.echo(f"{'      ' if number else '    '}{line}")
    for sentence in _shortened(_remarks(found)):
        click.echo(lines.ODD(sentence))
    sign = {0: lines.GOOD, 1: lines.EDITED}.get(found.exit_code, lines.ODD)
    click.echo(sign(f"{sanitize(found.a.label)} → {sanitize(found.b.label)}: {found.summary}"))
    if found.proof.rest:
        for sentence in _shortened(f"left: {each.sentence}" for each in found.proof.rest):
            lines.print_wrapped(sentence)


def tell_rest(found: Drift) -> None:
    """Say on standard error what the statements on standard output are worth."""
    for sentence in _shortened(_remarks(found)):
        tell(f"! {sentence}", style="yellow")
    for sentence in _shortened(f"left: {each.sentence}" for each in found.proof.rest):
        tell(f"! {sentence}", style="yellow")
    tell(found.summary)


def _remarks(found: Drift) -> Iterator[str]:
    for each in found.candidates:
        old, new = sanitize(each.a), sanitize(each.b)
        yield f"{each.kind} {old} may be {new} by now ({each.reason}): --rename {old}={new}"
    for change in found.kept:
        yield f"kept for the sake of the data: {change.action} {change.key.kind} {sanitize(str(change.key))}"
    for key in found.reordered:
        yield f"{key.kind} {sanitize(str(key))}: its columns stand in another order, which is no drift"
    for left in found.left_out:
        yield f"left out: {left.what}: {left.reason}"
    for missing in found.unhandled:
        yield f"seen, not handled: {missing.key.kind} {sanitize(str(missing.key))}: {sanitize(missing.reason)}"


def _shortened(sentences: Iterator[str]) -> Iterator[str]:
    said = list(sentences)
    yield from said[:_MANY]
    if len(said) > _MANY:
        yield f"and {plural(len(said) - _MANY, 'other')}; --json has all of them"
