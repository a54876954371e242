"""Prints a dashboard: its panels side by side, as text for a terminal, a pipe or a chat."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from console.cli.terminal import lines, pictures
from console.cli.terminal.lines import Sign
from console.dashboards.definition import Parameter, Row
from console.dashboards.drawing.moment import draw_once
from console.dashboards.fits import why_not
from console.dashboards.readout import Readout, Status
from console.dashboards.sample import Failed, Sample
from console.dashboards.sheet import sheet
from console.dashboards.wording import folded
from console.drawing.paper import cut
from console.drawing.picture import Line, Picture, Role, Span
from console.text import sanitize

if TYPE_CHECKING:
    from console.cli.dashboards.verb import How

_WIDE = 100  # cells from which on panels stand as the layout says
_ALONE = 20  # lines of a panel that was asked for by itself
_IN_ASCII = {"✗": "x", "✓": "="}
_SIGNS = {Status.CRIT: lines.BAD, Status.FAILED: lines.BAD, Status.WARN: lines.ODD}


def print_it(readout: Readout, target: str, how: How) -> None:
    """Print the panels below what was chosen, and what came of them at the end."""
    ascii = how.ascii or not pictures.drawable(sys.stdout)
    room = how.width or lines.width()

    def paint(id: str, wide: int, high: int) -> Picture:
        return _painted(readout, id, wide, high, ascii=ascii)

    titles = {id: sanitize(readout.panel(id).title) for id in readout.outcomes}
    panels = sheet(_rows(readout, room, how.panels), titles, paint, room, ascii=ascii)
    pictures.echo((*_head(readout, target, room, ascii=ascii), (), *panels, ()))
    first, *rest = textwrap.wrap(sanitize(readout.summary), room - 2)
    click.echo("\n  ".join([_sign(readout, ascii=ascii)(first), *rest]))


def _sign(readout: Readout, *, ascii: bool) -> Sign:
    statuses = {readout.status(id) for id in readout.outcomes}
    sign = next((sign for status, sign in _SIGNS.items() if status in statuses), lines.GOOD)
    return Sign(_IN_ASCII.get(sign.glyph, sign.glyph), sign.colour) if ascii else sign


def _rows(readout: Readout, room: int, panels: Sequence[str]) -> tuple[Row, ...]:
    if panels:
        return tuple(Row((id,), _ALONE) for id in panels)
    return readout.dashboard.layout if room >= _WIDE else readout.dashboard.narrow


def _head(readout: Readout, target: str, room: int, *, ascii: bool) -> Iterator[Line]:
    dashboard, between = readout.dashboard, " - " if ascii else " · "
    said = [f"{sanitize(each.title)} {sanitize(_label(each, readout))}" for each in dashboard.parameters]
    read = [each.at for each in readout.outcomes.values() if isinstance(each, Sample)]
    if read:
        said.append(f"{datetime.fromtimestamp(max(read), UTC):%Y-%m-%d %H:%M} UTC")
    yield from _words(sanitize(f"{dashboard.title}{between}{target}"), room, Role.STRONG)
    yield from _words(between.join(said), room, Role.MUTED)


def _label(parameter: Parameter, readout: Readout) -> str:
    value = readout.chosen[parameter.id]
    return readout.labels.get(parameter.id) or dict(parameter.choices).get(value, value) or "all"


def _painted(readout: Readout, id: str, wide: int, high: int, *, ascii: bool) -> Picture:
    """Return what a panel shows, or why it shows nothing."""
    outcome = readout.outcomes[id]
    if isinstance(outcome, Sample):
        now = datetime.fromtimestamp(outcome.at, UTC)
        return draw_once(readout.panel(id), outcome, wide, high, ascii=ascii, now=now)
    if isinstance(outcome, Failed):
        error = outcome.error
        title = _words(f"{'x' if ascii else '✗'} {sanitize(error.title)}", wide, Role.CRIT)
        more = "\n".join(filter(None, (error.detail, error.hint)))
        return (*title, *((Span(each),) for each in folded(more, wide)))[:high]
    return tuple(_words(f"left out: {sanitize(why_not(outcome))}", wide, Role.MUTED))[:high]


def _words(text: str, room: int, role: Role = Role.PLAIN) -> tuple[Line, ...]:
    return tuple(cut((Span(line, role),), room) for line in textwrap.wrap(text, room))
