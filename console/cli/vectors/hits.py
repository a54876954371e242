"""Prints what a search found: a line for each hit, what was noticed, how long it took and by which index."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from console.cli.terminal import lines, pictures
from console.cli.terminal.streams import on_terminal
from console.cli.vectors.parts import identity, milliseconds, number, remarks, say
from console.dashboards.drawing.bars import bar
from console.drawing.paper import cut, line, padded
from console.drawing.picture import Line, Role, Span
from console.drawing.signs import ASCII, UNICODE, Signs
from console.text import cut as cut_text
from console.text import duration, plural, sanitize, width
from console.vectors.metric import Metric
from console.vectors.search.highlight import excerpt, marks
from console.vectors.search.hit import Found, Hit, Plan
from console.vectors.text_path import read

if TYPE_CHECKING:
    from console.cli.vectors.questioning import Asked, Form
    from console.vectors.search.function import Called

_LITERAL = re.compile(r"(\[[^\],]+(?:,[^\],]+){3}),[^\]]{200,}\]")  # a vector of many numbers, and its first four
_NARROW, _WIDE = 10, 20  # cells of a bar, below 100 columns and from there on
_BESIDE = 12  # cells of a key that still stands in the line of its hit
_LEAST = 24  # cells of text, below which the key gets a line of its own


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer of one search."""

    found: Found | Called
    asked: Asked

    code = 0

    @property
    def summary(self) -> str:
        """How many, by which metric, how long, and by which index or why by none."""
        found, plan = self.found, _plan(self.found)
        said = f"{plural(len(found.hits), 'row')}{self._measure} in {duration(found.seconds)}"
        return f"{said}, {sanitize(plan.badge)}" if plan is not None and self._compares else said

    @property
    def _measure(self) -> str:
        """What the figures beside the ranks are."""
        if isinstance(self.found, Found):
            words = " and words" if self.asked.by == "hybrid" else ""
            return f" by {self.found.metric.said}{words}" if self._compares else ""
        return " by similarity" if any(each.similarity is not None for each in self.found.hits) else ""

    @property
    def _compares(self) -> bool:
        """Whether vectors were compared, and not only words looked for."""
        return self.asked.by != "fulltext"

    def as_dict(self) -> dict[str, object]:
        """Return the hits and all that is known of them, in the shape of docs/json.md."""
        found, plan = self.found, _plan(self.found)
        return {
            **_of(found),
            "by": self.asked.by,
            "k": self.asked.limit,
            "hits": [_hit(each, found.columns) for each in found.hits],
            "text_column": found.text_column,
            "words": list(found.words),
            "took_ms": milliseconds(found.seconds),
            "settings": dict(found.settings) if isinstance(found, Found) else {},
            "plan": None
            if plan is None
            else {"index": plan.index or None, "because": plan.because, "text": list(plan.text)},
            "sql": found.sql,
            "remarks": list(found.remarks),
        }

    def print_it(self, form: Form) -> None:
        """Print a line for each hit; with --sql nothing but the statement."""
        if form.as_sql:
            sql = self.found.sql.rstrip()
            click.echo(sanitize(sql, lines=True) if on_terminal(sys.stdout) else sql)
            return
        ascii = not pictures.drawable(sys.stdout)
        if self.found.hits:
            pictures.echo(_picture(self.found, lines.width(), ASCII if ascii else UNICODE))
            click.echo()
        remarks(self.found.remarks)
        if form.planned:
            _print_plan(self.found)
        say(lines.GOOD if self.found.hits else lines.Sign("–"), self.summary)


def _of(found: Found | Called) -> dict[str, object]:
    if isinstance(found, Found):
        return {"column": found.column.full_name, "function": None, "metric": str(found.metric)}
    return {"column": None, "function": f"{found.function.schema}.{found.function.name}", "metric": None}


def _plan(found: Found | Called) -> Plan | None:
    return found.plan if isinstance(found, Found) else None


def _hit(hit: Hit, columns: Sequence[str]) -> dict[str, object]:
    names = _named(columns)
    return {
        "rank": hit.rank,
        "id": identity(hit.key),
        "distance": number(hit.distance),
        "similarity": number(hit.similarity),
        "score": number(hit.score),
        "row": dict(zip(names, hit.row, strict=True)),
    }


def _named(columns: Sequence[str]) -> list[str]:
    """Return names that are all different: a function may give two columns one name."""
    seen: dict[str, int] = {}
    names = []
    for name in columns:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return names


def _print_plan(found: Found | Called) -> None:
    """Print the statement and the plan; long vectors are cut, which --sql and --json have whole."""
    plan = _plan(found)
    for title, text in (("SQL", found.sql), ("Plan", "\n".join(plan.text) if plan is not None else "")):
        if text:
            click.echo(f"{title}:")
            for each in sanitize(_LITERAL.sub(r"\1, …]", text), lines=True).rstrip().split("\n"):
                click.echo(f"  {each}")
    click.echo()


def _picture(found: Found | Called, room: int, signs: Signs) -> Iterator[Line]:
    """Yield the lines of all hits, aligned."""
    whole = isinstance(found, Found) and found.metric is Metric.HAMMING
    figures = [_figures(hit, whole=whole) for hit in found.hits]
    columns = [list(column) for column in zip(*figures, strict=True) if any(column)]
    wide = [max(map(width, column)) for column in columns]
    long = _WIDE if room >= 100 else _NARROW
    shares = _shares(found.hits)
    keys = [_key(hit) for hit in found.hits]
    key_width = max(map(width, keys))
    ranks = len(str(found.hits[-1].rank))
    left = ranks + sum(wide) + 2 * len(wide) + 2 + long + 2
    beside = 0 < key_width <= _BESIDE and room - left - key_width - 2 >= _LEAST
    for place, hit in enumerate(found.hits):
        head = [
            Span(str(hit.rank).rjust(ranks), Role.MUTED),
            *(Span(f"  {column[place].rjust(size)}") for column, size in zip(columns, wide, strict=True)),
            Span("  "),
            Span(bar(shares[place], 0.0, 1.0, long, signs), Role.SERIES_1),
            Span("  "),
        ]
        if beside:
            head.append(Span(f"{padded(keys[place], key_width, right=keys[place].isdigit())}  ", Role.MUTED))
        taken = left + (key_width + 2 if beside else 0)
        yield _stripped(cut(line(*head, *_text(hit, found, max(room - taken, 8))), room))
        if keys[place] and not beside:
            yield cut(line((" " * left + cut_text(keys[place], max(room - left, 8)), Role.MUTED)), room)


def _stripped(of: Line) -> Line:
    """Return a line without blanks at its end."""
    spans = list(of)
    while spans and not (last := spans.pop()).text.rstrip():
        pass
    return (*spans, replace(last, text=last.text.rstrip())) if of else of


def _figures(hit: Hit, *, whole: bool) -> tuple[str, str]:
    """Return the score that the order goes by, if it is not the distance, and the distance; `whole` without places."""
    score = "" if hit.score is None else f"{hit.score:.4f}"
    if hit.distance is not None:
        places = ".0f" if whole else ".3f" if abs(hit.distance) < 1000 else ".4g"
        return score, format(hit.distance, places)
    if hit.score is None and hit.similarity is not None:  # a function that says how alike, and not how far
        return score, f"{hit.similarity:.3f}"
    return score, "" if hit.score is not None else "–"


def _shares(hits: Sequence[Hit]) -> list[float]:
    """Return how long each bar is, from 0 to 1: how alike it is, or what it has of the best score."""
    values = [hit.score if hit.score is not None else hit.similarity for hit in hits]
    known = [value for value in values if value is not None]
    most = max(known, default=0.0)
    whole = most if any(hit.score is not None for hit in hits) or most > 1 else 1.0
    return [min(1.0, max(0.0, (value or 0.0) / whole)) if whole > 0 else 0.0 for value in values]


def _key(hit: Hit) -> str:
    return sanitize(", ".join(hit.key))


def _text(hit: Hit, found: Found | Called, room: int) -> Iterator[Span]:
    """Yield the part of a row's text that says most, its words marked; of a row without a text its values."""
    text = sanitize(excerpt(_said(hit, found), found.words, room))
    at = 0
    for start, end in marks(text, found.words):
        yield Span(text[at:start])
        yield Span(text[start:end], Role.STRONG)
        at = end
    yield Span(text[at:])


def _said(hit: Hit, found: Found | Called) -> str:
    row = dict(zip(found.columns, hit.row, strict=True))
    if found.text_column is not None:
        return read(found.text_column, found.columns, hit.row) or ""
    keys = set(hit.key)
    return " · ".join(f"{name} {value}" for name, value in row.items() if value is not None and value not in keys)
