"""`dbconsole dashboard`: which dashboards fit a database, and one of them as text or as a document."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.call import options
from console.cli.terminal.telling import answer
from console.errors import UsageError
from console.text import sanitize

if TYPE_CHECKING:
    from console.config.profile import Target
    from console.dashboards.definition import Dashboard
    from console.dashboards.files.finding import Broken
    from console.dashboards.readout import Readout

_PANEL = "Only this panel, over the whole width; may be repeated."
_PERIOD = 'Of when: 24h, 30d, "this month", "last month", all.'
_SET = "What a parameter is: user=ada. May be repeated."


@click.command()
@options.words_and("[NAME]")
@click.option("--period", metavar="P", help=_PERIOD)
@click.option("--set", "pairs", metavar="K=V", multiple=True, help=_SET)
@click.option("--panel", "panels", metavar="ID", multiple=True, help=_PANEL)
@click.option("--width", type=click.IntRange(40, 400), metavar="N", help="Cells of a line; else the terminal's, or 80.")
@click.option("--ascii", is_flag=True, help="Draw with ASCII signs alone.")
@options.as_json
def dashboard(
    words: tuple[str, ...],
    period: str | None,
    pairs: tuple[str, ...],
    panels: tuple[str, ...],
    width: int | None,
    ascii: bool,
    as_json: bool,
) -> int:
    """Show the dashboard NAME as text; without NAME, list which fit TARGET and why the others do not.

    Each panel is read once, counters twice, a second apart. NAME may be a file: ./sales.toml.
    """
    from console.cli.call.targeting import resolve, sort_words

    sorted_words = sort_words(words, at_most=1)
    if not sorted_words.rest:
        if period or pairs or panels:
            raise UsageError("--period, --set and --panel are for one dashboard.", hint="Say its name as well.")
        return _list(sorted_words.target, as_json=as_json)
    chosen = _named(sorted_words.rest[0])
    how = How(_said(chosen, period, pairs), _panels(chosen, panels), width, ascii)
    return _show(resolve(sorted_words.target), chosen, how, as_json=as_json)


@dataclass(frozen=True, slots=True)
class How:
    """What was chosen of a dashboard: its parameters, the ids of panels (none is all), and how it is drawn."""

    said: Mapping[str, str]
    panels: tuple[str, ...]
    width: int | None
    ascii: bool


def _list(word: str | None, *, as_json: bool) -> int:
    from console.cli.call.running import run
    from console.cli.call.targeting import opened, resolve
    from console.cli.dashboards import listing
    from console.dashboards import offers

    target = resolve(word)

    found = _found()

    async def work() -> Sequence[offers.Offer]:
        async with opened(target, "dashboard") as session:
            return await offers.offers(session, found)

    offered = run(work)
    code = listing.code(offered)
    if as_json:
        answer(listing.as_dict(offered), target=target.name, ok=code == 0)
    else:
        listing.print_list(offered, target.name, word)
    return code


def _show(target: Target, chosen: Dashboard, how: How, *, as_json: bool) -> int:
    from console.cli.call.ending import gravest
    from console.cli.call.running import run
    from console.cli.call.targeting import opened
    from console.cli.dashboards import showing
    from console.dashboards import once

    async def work() -> Readout:
        async with opened(target, "dashboard") as session:
            return await once.read(session, chosen, how.said, how.panels)

    readout = run(work)
    code = gravest(readout.codes)
    if as_json:
        answer(readout.as_dict(), target=target.name, ok=code == 0)
    else:
        showing.print_it(readout, target.name, how)
    return code


def _found() -> list[Dashboard | Broken]:
    from console.dashboards.files import finding

    return finding.find(environ=os.environ, cwd=Path.cwd())


def _named(name: str) -> Dashboard:
    """Return the dashboard of a name or a file. Raises UsageError, BrokenConfig."""
    from console.config.names import nearest
    from console.dashboards.definition import Dashboard, Origin
    from console.dashboards.files import finding

    if name.endswith(".toml"):
        return finding.read(Path(name), Origin.USER)
    found = _found()
    for each in found:
        if each.id == name:
            if not isinstance(each, Dashboard):
                raise each.error
            return each
    meant = nearest(name, [each.id for each in found])
    hint = f"Did you mean {sanitize(meant)}?" if meant else "dbconsole dashboard lists them."
    raise UsageError(f"There is no dashboard {sanitize(name)}.", hint=hint)


def _said(chosen: Dashboard, period: str | None, pairs: Sequence[str]) -> dict[str, str]:
    """Return the parameters that were said, by their ids. Raises UsageError."""
    from console.dashboards import parameters

    said: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not (name and sign):
            raise UsageError(f"{sanitize(pair)} is not NAME=VALUE.", hint="Say --set user=ada; user= is all of them.")
        said[name] = value
    if period is not None:
        of_time = [each.id for each in chosen.parameters if each.kind == "period"]
        if not of_time:
            raise UsageError(f"The dashboard {chosen.id} has no period.")
        said[of_time[0]] = period
    parameters.chosen(chosen, said)
    return said


def _panels(chosen: Dashboard, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of panels that were named. Raises UsageError for one that is not there."""
    from console.config.names import nearest

    for name in wanted:
        if name not in chosen.panels:
            meant = nearest(name, chosen.panels)
            hint = f"Did you mean {meant}?" if meant else f"Panels are: {', '.join(chosen.panels)}."
            raise UsageError(f"The dashboard {chosen.id} has no panel {sanitize(name)}.", hint=hint)
    return tuple(dict.fromkeys(wanted))
