"""Rows as points of a plane, named by a column and coloured by one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.db.session import Session
from console.text import sanitize
from console.vectors.column import VectorColumn
from console.vectors.metric import Metric
from console.vectors.quality.projection import Projection, project
from console.vectors.quality.sampling import Sample, fetch, take
from console.vectors.search.question import Key

MOST = 8  # names of colours, `other` among them
OTHER, NONE = "other", "none"


@dataclass(frozen=True, slots=True)
class Mark:
    """A row at its place; `category` is the place of its colour's name among the scatter's categories."""

    x: float
    y: float
    key: Key
    label: str
    category: int


@dataclass(frozen=True, slots=True, eq=False)
class Scatter:
    """Points and what tells them apart: `categories` by name, the most frequent first, and how many each has.

    `colour` is the column they come from, "" without one. `explained` is the share of the spread that each axis shows.
    `said` tells of how many rows these are. `plane` places other vectors among them.
    """

    marks: tuple[Mark, ...]
    categories: tuple[str, ...]
    counts: tuple[int, ...]
    colour: str
    explained: tuple[float, float]
    said: str
    plane: Projection

    def at(self, key: Key) -> int | None:
        """Return the place of a row among the marks, None where it is not in the sample."""
        return next((place for place, mark in enumerate(self.marks) if mark.key == key), None)


async def scatter(
    session: Session,
    column: VectorColumn,
    *,
    label: str | None = None,
    colour: str | None = None,
    most: int = 5_000,
    where: str = "",
    metric: Metric | None = None,
    seconds: float = 20.0,
    seed: int = 0,
) -> Scatter:
    """Read a sample and place it in the plane in which it spreads most. Raises what `take` does."""
    columns = list(dict.fromkeys(name for name in (label, colour) if name))
    sample = await take(session, column, most=most, columns=columns, where=where, seconds=seconds, seed=seed)
    plane = await asyncio.to_thread(project, sample.vectors, metric=metric or column.metric)
    return of(sample, plane, label, colour)


async def including(
    session: Session,
    scatter: Scatter,
    column: VectorColumn,
    keys: Sequence[Key],
    *,
    label: str | None = None,
    seconds: float = 20.0,
) -> Scatter:
    """Return the same points and rows, such as hits, that are not among them; these have places in the same plane.

    Their colour is that of the category they are in, `other` when the sample has none of it.
    """
    missing = [key for key in dict.fromkeys(keys) if key and scatter.at(key) is None]
    if not missing or not scatter.marks:
        return scatter
    columns = list(dict.fromkeys(name for name in (label, scatter.colour) if name))
    found = await fetch(session, column, missing, columns=columns, seconds=seconds)
    if len(found) and found.vectors.shape[1] != len(scatter.plane.centre):
        return scatter
    return _added(scatter, found, label)


def _added(scatter: Scatter, found: Sample, label: str | None) -> Scatter:
    names, counts = list(scatter.categories), list(scatter.counts)
    marks = list(scatter.marks)
    for place, key in enumerate(found.keys):
        category = 0
        if scatter.colour:
            value = found.values[scatter.colour][place]
            name = NONE if value is None else _line(value)
            category = _category(names, counts, name)
            counts[category] += 1
        text = found.values[label][place] if label else None
        marks.append(Mark(*scatter.plane.place(found.vectors[place]), key, _line(text), category))
    return replace(scatter, marks=tuple(marks), categories=tuple(names), counts=tuple(counts))


def _category(names: list[str], counts: list[int], name: str) -> int:
    """Return the place of a name; of one that is not there the place of `other`, which may be new."""
    if name in names:
        return names.index(name)
    if OTHER not in names:
        names.append(OTHER)
        counts.append(0)
    return names.index(OTHER)


def of(sample: Sample, plane: Projection, label: str | None = None, colour: str | None = None) -> Scatter:
    """Return the points of a sample; a label is one line, cut at 200 signs."""
    labels = sample.values[label] if label else (None,) * len(sample)
    names, counts, places = categories(sample.values[colour] if colour else (None,) * len(sample))
    marks = tuple(
        Mark(x, y, key, _line(text), place)
        for (x, y), key, text, place in zip(plane.points, sample.keys, labels, places, strict=True)
    )
    if not colour:
        names, counts = (), ()
    return Scatter(marks, names, counts, colour or "", plane.explained, sample.said, plane)


def categories(
    values: Sequence[str | None], most: int = MOST
) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    """Return names, how often each is there, and for each value the place of its name.

    At most `most` names, the rarest of which are together `other`.

    >>> categories(["a", "b", "a", None, "c"], most=3)
    (('a', 'b', 'other'), (2, 1, 2), (0, 1, 0, 2, 2))
    """
    found = Counter(values)
    ordered = sorted(found, key=lambda value: (-found[value], value is None, value or ""))
    kept = ordered[: most - 1]
    place_of = {value: place for place, value in enumerate(kept)}
    places = tuple(place_of.get(value, len(kept)) for value in values)
    names = [NONE if value is None else _line(value) for value in kept]
    counts = [found[value] for value in kept]
    if len(kept) < len(ordered):
        names.append(OTHER)
        counts.append(len(values) - sum(counts))
    return tuple(names), tuple(counts), places


def _line(text: str | None) -> str:
    return sanitize(" ".join((text or "")[:400].split())[:200])
