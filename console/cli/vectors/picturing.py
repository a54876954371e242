"""Rows as points of a plane, as text: a sample of the table, and in it what was found."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.cli.terminal import lines, pictures
from console.cli.vectors.parts import identity, say
from console.config.names import nearest
from console.errors import UsageError
from console.text import plural, sanitize
from console.vectors import text_path
from console.vectors.metric import Metric
from console.vectors.quality.scatter import Scatter, including, scatter
from console.vectors.quality.scatter_picture import draw_scatter

if TYPE_CHECKING:
    from console.cli.vectors.questioning import Asked, Form, Looked
    from console.db.session import Session
    from console.vectors.column import VectorColumn
    from console.vectors.search.function import Called
    from console.vectors.search.hit import Found
    from console.vectors.search.question import Key

_HIGH = 22  # lines


@dataclass(frozen=True, slots=True)
class Pictured:
    """The picture, and the ranks of hits in it by their keys."""

    scatter: Scatter
    ranks: Mapping[Key, int]

    code = 0

    @property
    def summary(self) -> str:
        """How many points, and how much of the spread they show."""
        across, up = self.scatter.explained
        points = plural(len(self.scatter.marks), "point")
        return sanitize(f"{points} of {self.scatter.said}, {(across + up) * 100:.0f} % of their spread")

    def as_dict(self) -> dict[str, object]:
        """Return the shape of docs/json.md."""
        found = self.scatter
        points = [
            {
                "id": identity(mark.key),
                "x": mark.x,
                "y": mark.y,
                "category": found.categories[mark.category] if found.categories else None,
                "rank": self.ranks.get(mark.key),
            }
            for mark in found.marks
        ]
        counts = dict(zip(found.categories, found.counts, strict=True))
        explained = list(found.explained)
        return {
            "picture": {
                "colour": found.colour or None,
                "categories": counts,
                "explained": explained,
                "points": points,
            }
        }

    def print_it(self, form: Form) -> None:
        """Print the points, hits as the figures of their ranks."""
        ascii = not pictures.drawable(sys.stdout)
        pictures.echo(draw_scatter(self.scatter, lines.width(), _HIGH, hits=self.ranks, still=True, ascii=ascii))
        say(lines.GOOD if self.scatter.marks else lines.Sign("–"), self.summary)


async def pictured(
    session: Session, column: VectorColumn, asked: Asked, looked: Looked, found: Found | Called | None
) -> Pictured:
    """Project a sample, with the hits of a search in it. Raises UsageError for a column that is not there."""
    path = text_path.parse(looked.colour, column.columns) if looked.colour is not None else None
    colour = path.name if path is not None else looked.colour
    if colour is not None and path is None:
        meant = nearest(colour, column.columns)
        hint = f"Did you mean {sanitize(meant)}?" if meant else f"It has {', '.join(map(sanitize, column.columns))}."
        raise UsageError(f"The table of {column.label} has no column {sanitize(colour)}.", hint=hint)
    metric = Metric(asked.metric) if asked.metric else None
    points = await scatter(session, column, colour=colour, where=asked.where, metric=metric, seconds=asked.patience)
    ranks = {hit.key: hit.rank for hit in found.hits if hit.key} if found is not None else {}
    return Pictured(await including(session, points, column, list(ranks), seconds=asked.patience), ranks)
