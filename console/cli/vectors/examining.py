"""Looks at a sample of the vectors of a column: how far its rows are from each other, which are alike, which alone."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from console.cli.terminal import lines, pictures
from console.cli.vectors.parts import identity, number, remarks, say
from console.text import cut, plural, sanitize
from console.vectors.metric import Metric
from console.vectors.quality.examining import Examined, examine
from console.vectors.quality.histogram import Histogram
from console.vectors.quality.histogram_picture import draw_distances
from console.vectors.search.fulltext import texts_there

if TYPE_CHECKING:
    from console.cli.vectors.questioning import Asked, Form, Looked
    from console.db.session import Session
    from console.vectors.column import VectorColumn
    from console.vectors.quality.duplicates import Duplicates

_HIGH = 14  # lines of a picture
_FARTHEST = 3
_SHOWN = 10  # groups, pairs and rows that are printed; the document has all


@dataclass(frozen=True, slots=True)
class Sampled:
    """What a sample of the vectors tells; of it what was asked for."""

    examined: Examined
    looked: Looked

    @property
    def code(self) -> int:
        """1 where vectors are equal, if that was asked for."""
        return int(self.looked.duplicates and bool(self.examined.duplicates.groups))

    @property
    def summary(self) -> str:
        """What was found of each."""
        examined, said = self.examined, [self.examined.sample.said]
        if self.looked.duplicates:
            found = examined.duplicates
            said.append(f"{plural(found.doubled, 'row')} with equal vectors, {found.close:,} with nearly equal ones")
        if self.looked.outliers:
            said.append(plural(sum(each.far for each in examined.outliers), "outlier"))
        return sanitize(", ".join(said))

    def as_dict(self) -> dict[str, object]:
        """Return what was asked for, in the shape of docs/json.md."""
        examined = self.examined
        found: dict[str, object] = {"sample": _sample(examined)}
        if self.looked.histogram:
            distances = examined.distances
            found["distances"] = {"pairs": _histogram(distances.pairs), "nearest": _histogram(distances.nearest)}
        if self.looked.duplicates:
            found["duplicates"] = _duplicates(examined.duplicates)
        if self.looked.outliers:
            found["outliers"] = [
                {
                    "id": identity(each.key),
                    "distance": number(each.distance),
                    "times": number(each.times),
                    "far": each.far,
                }
                for each in examined.outliers
            ]
        return found

    def print_it(self, form: Form) -> None:
        """Print pictures and rows of what was asked for."""
        examined = self.examined
        if self.looked.histogram:
            if examined.distances.pairs.count:
                ascii = not pictures.drawable(sys.stdout)
                pictures.echo(draw_distances(examined.distances, lines.width(), _HIGH, ascii=ascii))
            _sentence(examined.distances.said)
            click.echo()
        if self.looked.duplicates:
            _print_duplicates(examined)
            click.echo()
        if self.looked.outliers:
            _print_outliers(examined)
            click.echo()
        remarks(each for each in examined.remarks if examined.sample.said not in each)  # said at the end
        say(lines.ODD if self.code else lines.GOOD, self.summary)


async def examined(session: Session, column: VectorColumn, asked: Asked, looked: Looked) -> Sampled:
    """Look at a sample of the rows. Raises UsageError where there are too few."""
    metric = Metric(asked.metric) if asked.metric else None
    found = await examine(
        session,
        column,
        metric=metric,
        k=asked.limit,
        near=asked.within,
        where=asked.where,
        label=next(iter(await texts_there(session, column)), None),
        seconds=asked.patience,
    )
    return Sampled(found, looked)


def _sample(examined: Examined) -> dict[str, object]:
    sample = examined.sample
    rows = sample.rows if sample.rows >= 0 else None
    labels = [{"id": identity(key), "text": text} for key, text in examined.labels.items()]
    return {
        "labels": labels,
        "rows": len(sample.keys),
        "of": rows,
        "whole": sample.whole,
        "metric": str(examined.metric),
        "remarks": list(examined.remarks),
    }


def _histogram(histogram: Histogram) -> dict[str, object]:
    return {
        "count": histogram.count,
        "median": number(histogram.median),
        "low": number(histogram.low),
        "high": number(histogram.high),
        "edges": [number(float(each)) for each in histogram.edges],
        "counts": [int(each) for each in histogram.counts],
    }


def _duplicates(found: Duplicates) -> dict[str, object]:
    return {
        "groups": [{"count": each.count, "ids": [identity(key) for key in each.keys]} for each in found.groups],
        "near": [
            {"one": identity(each.one), "other": identity(each.other), "distance": number(each.distance)}
            for each in found.near
        ],
        "below": number(found.below),
        "rows": found.rows,
        "doubled": found.doubled,
        "asked": found.asked,
        "close": found.close,
        "whole": found.whole,
    }


def _print_duplicates(examined: Examined) -> None:
    found = examined.duplicates
    for group in found.groups[:_SHOWN]:
        named = ", ".join(sanitize("/".join(key)) for key in group.keys)
        first, *more = lines.wrapped(f"{group.count} equal: {named}", indent=2)
        click.echo("\n  ".join([lines.ODD(first), *more]))
        _row("", examined, group.keys[0] if group.keys else ())
    _rest(len(found.groups), "group")
    rows = [(f"{each.distance:.4f}", _named(each.one), _named(each.other)) for each in found.near[:_SHOWN]]
    for each, line in zip(found.near, lines.columns(rows, right={0}) if rows else (), strict=False):
        _row(line, examined, each.one)
    _rest(len(found.near), "pair")
    _sentence(found.said)


def _print_outliers(examined: Examined) -> None:
    """Print those that lie outside of what the others are like; without any the three that are farthest."""
    found = examined.outliers
    far = [each for each in found if each.far]
    shown = (far or found[:_FARTHEST])[:_SHOWN]
    if not found:
        _sentence("There are no two rows to compare.")
    elif not far:
        _sentence("No row lies outside of what the others are like; the farthest from their neighbours are:")
    rows = [(_named(each.key), f"{each.distance:.3f}", f"{each.times:.1f} times the usual") for each in shown]
    for each, line in zip(shown, lines.columns(rows, right={1}) if rows else (), strict=False):
        _row(line, examined, each.key)
    _rest(len(far), "outlier")


def _row(line: str, examined: Examined, key: tuple[str, ...]) -> None:
    """Print a line about a row, and below it the beginning of its text."""
    text = examined.labels.get(key) or ""
    if line:
        click.echo(f"  {line}")
    if text:
        click.echo(f"    {cut(sanitize(' '.join(text.split())), lines.width() - 4)}")


def _rest(number: int, what: str) -> None:
    if number > _SHOWN:
        click.echo(f"  … and {plural(number - _SHOWN, f'more {what}')}; --json has all")


def _named(key: tuple[str, ...]) -> str:
    return lines.short(sanitize(", ".join(key)))


def _sentence(text: str) -> None:
    lines.print_wrapped(sanitize(text), indent=2)
