"""Tables: names above, numbers to the right, bars behind those that ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from console.dashboards import ticks
from console.dashboards.definition import Panel, Thresholds
from console.dashboards.drawing.bars import bar
from console.dashboards.reckoning import label, number
from console.dashboards.sample import Value
from console.dashboards.severity import judged
from console.dashboards.shaping.shapes import Column, Grid
from console.dashboards.units import say
from console.drawing.paper import Room, line, padded
from console.drawing.picture import Line, Role, Span
from console.drawing.signs import SERIES
from console.text import width as cells

_APART = 2
_LONG = 1e12  # from here on a number in a table is shortened; before, who reads a table wants all of it
_LEAST_TEXT = 10
_NOTE, _WIDE = 20, 60  # cells of the words for columns that are left out; narrower tables have none for them
_LEAST_BAR, _USUAL_BAR, _MOST_BAR = 5, 10, 20


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A column as it will stand there: how wide it is, and how wide the bars before its numbers."""

    column: Column
    place: int
    said: tuple[str, ...]
    numbers: tuple[float | None, ...]
    width: int
    bar: int = 0

    @property
    def whole(self) -> int:
        return self.width + (self.bar + 1 if self.bar else 0)


def draw(panel: Panel, shape: Grid, room: Room) -> list[Line]:
    """Return a table as high and wide as there is room; what is left out is said: columns above, rows in the end."""
    free = room.height - (1 if room.height > 1 else 0)
    missing = len(shape.rows) > free or (shape.more and len(shape.rows) == free)
    shown = shape.rows[: max(1, free - 1)] if missing and free > 1 else shape.rows[:free]
    columns = _all(shape, shown, panel, room)
    wide = _beside_note(columns, room.width - _kept_for_bars(columns, room.width))
    columns = _with_bars(_fitted(columns, wide), room.width)
    lines = [_head(columns, len(shape.columns) - len(columns), room)] if room.height > 1 else []
    lines += [_row(columns, place, panel.thresholds, room) for place in range(len(shown))]
    if len(shown) < len(shape.rows) or shape.more:
        left = len(shape.rows) - len(shown)
        words = f"at least {left + 1:,} more" if shape.more else f"{left:,} more"
        lines.append(line((f"{room.signs.more} {words}", Role.MUTED)))
    return lines


def _all(shape: Grid, shown: Sequence[Sequence[Value]], panel: Panel, room: Room) -> list[_Drawn]:
    found = []
    for place, column in enumerate(shape.columns):
        values = [row[place] for row in shown]
        judging = panel.thresholds if column.bars else Thresholds()
        said = tuple(
            room.signs.severity(judged(number(value), judging)) + _said(value, column, room) for value in values
        )
        width = max(cells(column.name), *map(cells, said)) if said else cells(column.name)
        found.append(_Drawn(column, place, said, tuple(map(number, values)), width))
    return found


def _said(value: Value, column: Column, room: Room) -> str:
    if isinstance(value, date):
        return ticks.said(value, room.now)
    if not column.numeric:
        return label(value)
    found = number(value)
    if column.unit or found is None or not found.is_integer() or abs(found) >= _LONG:
        return say(value, column.unit)
    return f"{found:.0f}" if column.named else f"{found:,.0f}"


def _fitted(columns: list[_Drawn], room: int) -> list[_Drawn]:
    """Return columns that fit beside each other: long texts become shorter, then the last columns are left out."""
    kept = list(columns)
    while len(kept) > 1 and _least(kept) > room:
        kept.pop()
    over = _whole(kept) - room
    while over > 0:
        longest = max(kept, key=lambda each: (_yields(each), each.width))
        if longest.width <= _LEAST_TEXT and len(kept) > 1:
            break
        second = max((each.width for each in kept if each is not longest and _yields(each)), default=0)
        width = max(1, _LEAST_TEXT if len(kept) > 1 else 1, longest.width - over, min(second, longest.width - 1))
        over -= longest.width - width
        kept[kept.index(longest)] = _of_width(longest, width)
        if width <= 1:
            break
    return kept


def _beside_note(columns: list[_Drawn], room: int) -> int:
    """Return the cells that columns may take where some of them are left out, which the head says behind them."""
    return room if _least(columns) <= room or room < _WIDE else room - _NOTE


def _yields(drawn: _Drawn) -> bool:
    """Tell whether a column may become narrower: half a number or half a time says nothing."""
    return not drawn.column.numeric and not drawn.column.timed


def _of_width(drawn: _Drawn, width: int, bar_width: int = 0) -> _Drawn:
    return _Drawn(drawn.column, drawn.place, drawn.said, drawn.numbers, width, bar_width)


def _least(columns: Sequence[_Drawn]) -> int:
    least = [min(each.width, _LEAST_TEXT) if _yields(each) else each.width for each in columns]
    return sum(least) + _APART * (len(columns) - 1)


def _whole(columns: Sequence[_Drawn]) -> int:
    return sum(each.whole for each in columns) + _APART * (len(columns) - 1)


def _kept_for_bars(columns: Sequence[_Drawn], room: int) -> int:
    """Return the cells that texts leave to bars, if these were asked for and all columns still fit."""
    needed = sum(_USUAL_BAR + 1 for each in columns if each.column.bars)
    return needed if _least(columns) + needed <= room else 0


def _with_bars(columns: list[_Drawn], room: int) -> list[_Drawn]:
    """Return columns with the room that is left given to bars, the same for each."""
    many = sum(1 for each in columns if each.column.bars)
    wide = min(_MOST_BAR, (room - _whole(columns)) // many - 1) if many else 0
    if wide < _LEAST_BAR:
        return columns
    return [_of_width(each, each.width, wide) if each.column.bars else each for each in columns]


def _head(columns: Sequence[_Drawn], missing: int, room: Room) -> Line:
    names = [padded(each.column.name, each.whole, right=each.column.numeric) for each in columns]
    said = (" " * _APART).join(names)
    more = f"  {room.signs.more} {missing} columns more" if missing else ""
    return line((said, Role.MUTED), (more if cells(said + more) <= room.width else "", Role.MUTED))


def _row(columns: Sequence[_Drawn], place: int, thresholds: Thresholds, room: Room) -> Line:
    parts: list[Span] = []
    for each in columns:
        if parts:
            parts.append(Span(" " * _APART))
        role = judged(each.numbers[place], thresholds) if each.column.bars else Role.PLAIN
        bad = role in (Role.WARN, Role.CRIT)
        if each.bar:
            parts.append(Span(_bar(each, place, room) + " ", role if bad else SERIES[0]))
        parts.append(Span(padded(each.said[place], each.width, right=each.column.numeric), role if bad else Role.PLAIN))
    return line(*parts)


def _bar(drawn: _Drawn, place: int, room: Room) -> str:
    values = [value or 0.0 for value in drawn.numbers]
    return bar(values[place], min(0.0, *values), max(0.0, *values), drawn.bar, room.signs)
