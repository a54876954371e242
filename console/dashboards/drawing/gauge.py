"""Gauges: how much of a limit is used, with a mark where somebody wants to know of it."""

from __future__ import annotations

from collections.abc import Sequence

from console.dashboards.definition import Panel
from console.dashboards.drawing.bars import bar
from console.dashboards.drawing.number import projected
from console.dashboards.severity import of_gauge
from console.dashboards.shaping.shapes import Gauge
from console.dashboards.units import say
from console.drawing.paper import Room, line, padded, width
from console.drawing.picture import Line, Role
from console.drawing.signs import SERIES
from console.text import width as cells

_LEAST_BAR, _MOST_BAR = 6, 40
_FULL = 100.0


def draw(panel: Panel, gauges: Sequence[Gauge], room: Room) -> list[Line]:
    """Return a line for each gauge, and below each what its mark and note say if there is room for all of them."""
    below = [_below(panel, gauge, room) for gauge in gauges]
    many = sum(1 for text in below if text)
    shown, missing = list(gauges), 0
    if len(gauges) > room.height:
        shown = list(gauges[: max(1, room.height - 1)])
        missing = len(gauges) - len(shown)
    lines = _lines(panel, shown, room)
    if len(gauges) + many <= room.height:
        indent = _names(shown, room) + 1 if _names(shown, room) else 0
        lines = [each for pair in zip(lines, below, strict=True) for each in _indented(*pair, indent)]
    return [*lines, *([line((f"{room.signs.more} {missing:,} more", Role.MUTED))] if missing else [])]


def _lines(panel: Panel, gauges: Sequence[Gauge], room: Room) -> list[Line]:
    names = _names(gauges, room)
    apart = 1 if names else 0
    for full in (True, False):
        said = [_said(panel, gauge, room, full=full) for gauge in gauges]
        wide = min(_MOST_BAR, room.width - names - apart - max(map(width, said)) - 1)
        if wide >= _LEAST_BAR:
            break
    wide = wide if wide >= _LEAST_BAR else 0
    return [
        line(
            padded(gauge.name, names) + " " * apart,
            *(_bar(gauge, wide, of_gauge(panel, gauge), room) if wide else ()),
            " " if wide else "",
            *text,
        )
        for gauge, text in zip(gauges, said, strict=True)
    ]


def _names(gauges: Sequence[Gauge], room: Room) -> int:
    return min(max(cells(gauge.name) for gauge in gauges), room.width // 3)


def _bar(gauge: Gauge, wide: int, role: Role, room: Room) -> list[tuple[str, Role]]:
    """Return a bar on its track, in cells; beyond the limit it ends in a sign."""
    signs = room.signs
    percent = gauge.percent
    if percent is None:
        return [(signs.track * wide, Role.MUTED)]
    filled = bar(min(max(percent, 0.0), _FULL), 0.0, _FULL, wide, signs).rstrip()
    if percent > _FULL:
        filled = filled[:-1] + signs.over
    colour = role if role in (Role.WARN, Role.CRIT) else SERIES[0]
    cells_of = [(sign, colour) for sign in filled] + [(signs.track, Role.MUTED)] * (wide - len(filled))
    for mark in gauge.marks:
        if 0 < mark < _FULL:
            cells_of[min(wide - 1, int(wide * mark / _FULL))] = (signs.mark, Role.STRONG)
    return cells_of


def _said(panel: Panel, gauge: Gauge, room: Room, *, full: bool) -> Line:
    value = say(gauge.value, panel.unit)
    if gauge.percent is None:
        empty = str(panel.options.get("empty", "no limit"))
        return line(value, (f" {room.signs.none.strip() or '-'} {empty}", Role.MUTED))
    role = of_gauge(panel, gauge)
    share = say(float(f"{gauge.percent:.3g}"), "%") if gauge.percent < _FULL else f"{gauge.percent:,.0f} %"
    strong = role if role in (Role.WARN, Role.CRIT) else Role.STRONG
    return line((room.signs.severity(role) + share, strong), *(_of(panel, gauge, value) if full else ()))


def _of(panel: Panel, gauge: Gauge, value: str) -> list[tuple[str, Role]]:
    """Return `$ 41.20 of $ 60`; of a limit in per cent there is no more to say."""
    if panel.unit in ("%", "percent", "ratio"):
        return []
    return [(f"  {value} of {say(gauge.limit, panel.unit, short=True)}", Role.MUTED)]


def _below(panel: Panel, gauge: Gauge, room: Room) -> Line:
    """Return where one is told, where the month goes (a warning if that is beyond the limit), and the note."""
    marks = ", ".join(f"{mark:g}" for mark in gauge.marks)
    parts = [
        (f"alert at {marks} %" if marks and gauge.limit else "", Role.MUTED),
        _projected(panel, gauge, room),
        (gauge.note, Role.MUTED),
    ]
    said = [part for part in parts if part[0]]
    return line(*(each for place, part in enumerate(said) for each in (("  " if place else ""), part)))


def _projected(panel: Panel, gauge: Gauge, room: Room) -> tuple[str, Role]:
    said = projected(panel, gauge, room)
    if said and gauge.projected and gauge.limit and gauge.projected.total > gauge.limit:
        return room.signs.severity(Role.WARN) + said, Role.WARN
    return said, Role.MUTED


def _indented(drawn: Line, below: Line, indent: int) -> tuple[Line, ...]:
    return (drawn, line(" " * indent, *below)) if below else (drawn,)
