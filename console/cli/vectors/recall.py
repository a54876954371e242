"""Measures how much of the truth an index finds, and prints it: the curve, its figures, which setting to use."""

from __future__ import annotations

import sys
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from console.cli.terminal import lines, pictures
from console.cli.terminal.progress import Progress
from console.cli.vectors.parts import milliseconds, number, remarks, say
from console.text import duration, sanitize
from console.vectors.metric import Metric
from console.vectors.quality.measuring import measure
from console.vectors.quality.recall import TARGET, Advice, Curve, Latency, advise
from console.vectors.quality.recall_picture import draw_curve

if TYPE_CHECKING:
    from console.cli.vectors.questioning import Asked, Form
    from console.db.session import Session
    from console.vectors.column import VectorColumn

_HIGH = 14  # lines of a picture


@dataclass(frozen=True, slots=True)
class Recall:
    """How much of the truth an index finds, by how far it looks."""

    curve: Curve
    advice: Advice

    @property
    def now(self) -> float | None:
        """What it finds as the server is set, None where that was not measured."""
        return next((each.recall for each in self.curve.points if each.setting == self.curve.current), None)

    @property
    def code(self) -> int:
        """1 where the index, as the server is set, misses more than one in twenty."""
        return int(self.now is not None and self.now < TARGET)

    @property
    def summary(self) -> str:
        """Which setting to use."""
        return sanitize(self.advice.sentence).rstrip(".")

    def as_dict(self) -> dict[str, object]:
        """Return the shape of docs/json.md."""
        curve = self.curve
        return {
            "recall": {
                "index": f"{curve.index.schema}.{curve.index.name}",
                "knob": curve.knob,
                "k": curve.k,
                "metric": str(curve.metric),
                "rows": curve.rows if curve.rows >= 0 else None,
                "queries": curve.queries,
                "current": curve.current,
                "recall": number(self.now),
                "exact": None if curve.exact is None else _latency(curve.exact),
                "points": [
                    {
                        "setting": each.setting,
                        "recall": number(each.recall),
                        "lost": each.lost,
                        **_latency(each.latency),
                    }
                    for each in curve.points
                ],
                "advice": {
                    "setting": self.advice.setting,
                    "sentence": self.advice.sentence,
                    "sql": self.advice.sql or None,
                },
                "remarks": list(curve.remarks),
            }
        }

    def print_it(self, form: Form) -> None:
        """Print the curve, the figures under it, and the advice."""
        curve = self.curve
        pictures.echo(draw_curve(curve, lines.width(), _HIGH, ascii=not pictures.drawable(sys.stdout)))
        click.echo()
        rows = [("", curve.knob, "recall", "median", "p95")]
        rows += [
            (
                "→" if each.setting == curve.current else "",
                str(each.setting),
                f"{each.recall:.3f}",
                *_times(each.latency),
            )
            for each in curve.points
        ]
        if curve.exact is not None:
            rows.append(("", "exact", "1.000", *_times(curve.exact)))
        for line in lines.columns(rows, right={1, 2, 3, 4}):
            click.echo(line)
        click.echo()
        remarks(curve.remarks)
        say(lines.BAD if self.code else lines.GOOD, self.advice.sentence)
        if self.advice.sql:
            click.echo(f"  {sanitize(self.advice.sql)}")


async def recall(session: Session, column: VectorColumn, asked: Asked, *, quiet: bool) -> Recall:
    """Measure an index against the truth. Raises UsageError where there is none that could be measured."""
    settings = tuple(each for each in (asked.ef_search or asked.probes,) if each)
    metric = Metric(asked.metric) if asked.metric else None
    progress, last = Progress(quiet=quiet), None
    try:
        steps = measure(session, column, k=asked.limit, metric=metric, settings=settings, seconds=asked.patience)
        async with aclosing(steps) as curves:
            async for curve in curves:
                progress.show(f"  {curve.said}")
                last = curve
    finally:
        progress.clear()
    assert last is not None
    return Recall(last, advise(last))


def _times(latency: Latency) -> tuple[str, str]:
    return duration(latency.p50), duration(latency.p95)


def _latency(latency: Latency) -> dict[str, object]:
    return {"p50_ms": milliseconds(latency.p50), "p95_ms": milliseconds(latency.p95)}
