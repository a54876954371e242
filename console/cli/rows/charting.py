"""`query --chart`: what a query gives as a chart, like a panel of a dashboard, which it may become."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.dashboards.definition import Kind
from console.errors import Refused, UsageError
from console.text import sanitize

if TYPE_CHECKING:
    from console.config.profile import Target
    from console.dashboards.charting.chart import Chart
    from console.dashboards.charting.looking import Charted
    from console.dashboards.readout import Readout
    from console.db.session import Session

LIKELIEST = "likeliest"
_OPTION = "--chart"
_UNSAVED = "query"


class ChartCommand(click.Command):
    """A command whose option --chart may have a kind behind it, and is followed by other words otherwise."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write the kind into the option."""
        return super().parse_args(ctx, list(with_kind(args)))


def with_kind(args: Sequence[str]) -> Iterator[str]:
    """Yield words with the kind of a chart in its option.

    >>> list(with_kind(["--chart", "bar", "SELECT 1"])), list(with_kind(["--chart", "SELECT 1", "--", "--chart"]))
    (['--chart=bar', 'SELECT 1'], ['--chart=likeliest', 'SELECT 1', '--', '--chart'])
    """
    kinds, coming, options = set(Kind), iter(range(len(args))), True
    for place in coming:
        options = options and args[place] != "--"
        if not (options and args[place] == _OPTION):
            yield args[place]
        elif args[place + 1 : place + 2] and args[place + 1] in kinds:
            yield f"{_OPTION}={args[next(coming)]}"
        else:
            yield f"{_OPTION}={LIKELIEST}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with what was read for it, and what else these columns could be drawn as."""

    charted: Charted
    chart: Chart
    readout: Readout
    kinds: tuple[Kind, ...]

    def as_dict(self, saved: Path | None) -> dict[str, object]:
        """Return the shape of docs/json.md."""
        chart = self.chart
        about: dict[str, object] = {
            "kind": chart.kind.value,
            "columns": dict(chart.columns),
            "numbers": list(chart.numbers),
        }
        about |= {"gather": chart.gather.value, "step": chart.step or None, "unit": chart.unit}
        found = {**self.readout.as_dict(), "chart": about, "kinds": [each.value for each in self.kinds]}
        return {**found, "saved": str(saved) if saved else None}


def chart(
    target: Target, sql: str, kind: str, save: str | None, timeout: float, *, word: str | None, as_json: bool
) -> int:
    """Draw what a statement gives as a kind, or as the likeliest; with `save` write it as a dashboard of this name.

    `word` is what was typed for the target.
    """
    from console.cli.call.ending import gravest
    from console.cli.call.running import run
    from console.cli.call.targeting import opened
    from console.cli.terminal.telling import answer

    _must_be_free(save)

    async def work() -> Drawn:
        async with opened(target, "query") as session:
            return await _drawn(session, sql, kind, save or _UNSAVED, timeout)

    drawn = run(work)
    saved = _save(drawn, save) if save else None
    code = gravest(drawn.readout.codes)
    if as_json:
        answer(drawn.as_dict(saved), target=target.name, ok=code == 0)
    else:
        _print(drawn, target.name)
        if saved is not None:
            _tell_how_to_open(saved, word)
    return code


async def _drawn(session: Session, sql: str, kind: str, title: str, timeout: float) -> Drawn:
    from console.dashboards.charting import charting, looking
    from console.dashboards.readout import Readout

    charted = await looking.look_at_statement(session, sql, title, timeout=timeout)
    charts = charted.charts
    chosen = charts[0] if kind == LIKELIEST else next((each for each in charts if each.kind == kind), None)
    if chosen is None:
        raise _unsuited(kind, charts)
    panel = charting.panel(charted.source, chosen)
    sample = await looking.draw(session, charted, chosen, timeout=timeout)
    made = charting.dashboard(charted.source, chosen, title)
    alone = replace(made, panels={panel.id: panel}, parameters=())
    readout = Readout(alone, {}, {panel.id: sample})
    return Drawn(charted, chosen, readout, tuple(each.kind for each in charts))


def _unsuited(kind: str, charts: Sequence[Chart]) -> UsageError:
    others = ", ".join(each.kind for each in charts)
    return UsageError(f"These columns cannot be drawn as {kind}.", hint=f"They can be drawn as {others}.")


def _must_be_free(name: str | None) -> None:
    """Raise Refused for the name of a dashboard that is there: one's own would hide it."""
    from console.dashboards.files import finding
    from console.dashboards.files.saving import name_of

    found = finding.find(environ=os.environ, cwd=Path.cwd()) if name is not None else []
    taken = next((each for each in found if each.id == name_of(name or "")), None)
    if taken is not None:
        raise Refused(
            f"There is a dashboard {taken.id} already; nothing was done.",
            detail=str(taken.path or ""),
            hint="Save it by another name.",
        )


def _save(drawn: Drawn, title: str) -> Path:
    from console.dashboards.charting import charting
    from console.dashboards.files.saving import save

    return save(charting.dashboard(drawn.charted.source, drawn.chart, title), os.environ)


def _print(drawn: Drawn, target: str) -> None:
    """Print the chart; what is cut off and what else could be drawn are words beside it."""
    from console.cli.dashboards.showing import print_it
    from console.cli.dashboards.verb import How
    from console.cli.terminal.telling import tell
    from console.dashboards.charting.charting import PANEL, cut_off
    from console.dashboards.sample import Sample

    print_it(drawn.readout, target, How({}, (PANEL,), None, ascii=False))
    sample = drawn.readout.outcomes[PANEL]
    assert isinstance(sample, Sample)
    left_out = cut_off(drawn.chart, len(sample.rows), more=sample.more)
    if left_out:
        tell(f"! drawn are {left_out}")
    others = [f"--chart {each}" for each in drawn.kinds if each is not drawn.chart.kind]
    if others:
        tell(f"→ it could be drawn otherwise: {', '.join(others)}")


def _tell_how_to_open(saved: Path, word: str | None) -> None:
    from console.cli.call.retyping import retyped
    from console.cli.terminal.telling import tell

    tell(f"→ saved as {sanitize(str(saved))}")
    tell(f"→ dbconsole dashboard {retyped(word)}{saved.stem} shows it.")
