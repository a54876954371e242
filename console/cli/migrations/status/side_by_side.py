"""Several targets side by side: a row for each version, a column for each target, and whether they are in step.

The lines are made without a server and without a terminal; `width` is in cells, None where nothing needs to fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rich.cells import cell_len, set_cell_size

from console.cli.migrations.status.states import SIGNS, word
from console.cli.terminal import lines
from console.cli.terminal.telling import styled
from console.migrations.in_step import Compared, Row
from console.migrations.states import Standing, State
from console.migrations.status import Status
from console.text import sanitize

T = TypeVar("T")

_IN_WORDS = 4  # as many targets have columns with words
_LABEL = 16  # cells that a version and its name have at least
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class _Form:
    """How wide the columns are, what stands above them, and whether their states are words."""

    label: int
    columns: tuple[int, ...]
    heads: tuple[str, ...]
    in_words: bool

    @property
    def width(self) -> int:
        return self.label + sum(2 + column for column in self.columns)


def table(compared: Compared, width: int | None) -> Iterator[str]:
    """Yield the lines of the table: numbers above the columns, and what they mean, where the names do not fit."""
    form = _form(compared, width)
    if form.heads != _names(compared):
        for head, name in zip(form.heads, _names(compared), strict=True):
            yield f"{head} = {name}"
    yield _line(form, "", [styled(_filled(head, cells), "cyan") for head, cells in _both(form, form.heads)])
    for row in compared.rows:
        yield _line(form, row.label, [_cell(form, each, cells) for each, cells in _both(form, row.standings)])
    if not form.in_words:
        yield from _legend(compared.rows)


def head(compared: Compared, statuses: Sequence[Status]) -> Iterator[str]:
    """Yield where the migrations are and which ledgers remember them: a line where all agree, else one for each."""
    said = [f"{sanitize(str(each.dir))}, {_ledger(each)}" for each in statuses]
    if len(set(said)) == 1:
        yield sanitize(str(statuses[0].dir))
        yield _ledger(statuses[0])
        return
    for name, line in zip(_names(compared), said, strict=True):
        yield f"{name}: {line}"
    if compared.folders_differ:
        yield lines.ODD("The folders differ; what is compared is the versions.")


def reasons(compared: Compared) -> Iterator[str]:
    """Yield what to do about each state that needs it, with the targets where it is so."""
    for row in compared.rows:
        said: dict[str, list[str]] = {}
        for name, standing in zip(_names(compared), row.standings, strict=True):
            if standing is not None and standing.reason:
                said.setdefault(sanitize(standing.reason), []).append(name)
        for reason, where in said.items():
            yield f"{sanitize(row.label)} on {', '.join(where)}: {reason}"


def leftovers(compared: Compared, statuses: Sequence[Status]) -> Iterator[str]:
    """Yield what failed migrations have left behind, with the target where it is."""
    for name, status in zip(_names(compared), statuses, strict=True):
        yield from (f"{name}: {left.sentence}" for left in status.leftovers)


def _ledger(status: Status) -> str:
    return f"format {status.format}, ledger {status.ledger}" + (
        f" in {sanitize(status.table)}" if status.ledger != "dbconsole" else ""
    )


def _names(compared: Compared) -> tuple[str, ...]:
    return tuple(sanitize(name) for name in compared.names)


def _form(compared: Compared, width: int | None) -> _Form:
    """Return the form that fits: with names above the columns, else with numbers; the label gets what is left."""
    names = _names(compared)
    in_words = len(names) <= _IN_WORDS
    widest = max([cell_len(sanitize(row.label)) for row in compared.rows], default=0)
    numbers = tuple(str(place) for place in range(1, len(names) + 1))
    for heads in (names, numbers):
        columns = tuple(_column(compared, place, head, in_words=in_words) for place, head in enumerate(heads))
        form = _Form(widest, columns, heads, in_words)
        if width is None or form.width - widest + min(_LABEL, widest) <= width:
            break
    room = widest if width is None else max(min(_LABEL, widest), width - (form.width - widest))
    return _Form(min(widest, room), form.columns, form.heads, in_words)


def _column(compared: Compared, place: int, head: str, *, in_words: bool) -> int:
    cells = [_text(row.standings[place], in_words=in_words) for row in compared.rows]
    return max(map(cell_len, [head, *cells]))


def _text(standing: Standing | None, *, in_words: bool) -> str:
    if standing is None:
        return _NOTHING
    glyph = SIGNS[standing.state].glyph
    return f"{glyph} {word(standing.state)}" if in_words else glyph


def _cell(form: _Form, standing: Standing | None, cells: int) -> str:
    text = _filled(_text(standing, in_words=form.in_words), cells)
    return styled(text, SIGNS[standing.state].colour if standing is not None else None)


def _line(form: _Form, label: str, cells: Sequence[str]) -> str:
    return "  ".join([_cut(sanitize(label), form.label), *cells])


def _both(form: _Form, values: Sequence[T]) -> Iterator[tuple[T, int]]:
    """Yield each value with the cells of its column; nothing comes after the last."""
    return zip(values, (*form.columns[:-1], 0), strict=True)


def _filled(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))


def _cut(text: str, cells: int) -> str:
    """Return a text in exactly so many cells."""
    return _filled(text, cells) if cell_len(text) <= cells else f"{set_cell_size(text, cells - 1)}…"


def _legend(rows: Sequence[Row]) -> Iterator[str]:
    """Yield which sign means what, of those that are there; some stand for two states."""
    found = {each.state for row in rows for each in row.standings if each is not None}
    meant: dict[str, list[str]] = {}
    for state in State:
        if state in found:
            meant.setdefault(SIGNS[state].glyph, []).append(word(state))
    said = [f"{glyph} {' or '.join(words)}" for glyph, words in meant.items()]
    if any(each is None for row in rows for each in row.standings):
        said.append(f"{_NOTHING} not known there")
    yield from lines.wrapped("   ".join(said), indent=0)
