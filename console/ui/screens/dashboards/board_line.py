"""The line over the panels: which dashboard, what was chosen for it, how often it is read, and why it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from console.dashboards.definition import Dashboard, Parameter
from console.text import duration, sanitize

_SPANS = {"h": "hours", "d": "days", "w": "weeks", "m": "months"}
_PAUSED = "‖"


@dataclass(frozen=True, slots=True)
class Said:
    """What the line says: a title, parts that a key changes (key, words, command), and what goes on at the right."""

    title: str = ""
    parts: tuple[tuple[str, str, str], ...] = ()
    aside: str = ""
    paused: bool = False


class BoardLine(Widget):
    """One line. A click on a part asks for the command that changes it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"board-line--title", "board-line--key", "board-line--paused"}
    DEFAULT_CSS = """
    BoardLine {
        height: 1;
        padding: 0 1;
        color: $text-muted;
        & > .board-line--title { color: $foreground; text-style: bold; }
        & > .board-line--key { color: $accent; }
        & > .board-line--paused { color: $text-warning; }
    }
    """

    said: reactive[Said] = reactive(Said())

    @dataclass
    class Chosen(Message):
        """A person clicked on a part."""

        command_id: str

    def __init__(self) -> None:
        """Make an empty line."""
        super().__init__()
        self._ends: list[tuple[int, str]] = []

    def render(self) -> Text:
        """Draw title and parts; at the right how often it is read. What is too long gives way from the right."""
        said, room = self.said, self.content_size.width
        right = Text(said.aside, self._style("paused") if said.paused else "", no_wrap=True, end="")
        line = Text(no_wrap=True, end="").append(said.title, self._style("title"))
        self._ends = [(line.cell_len + 2, "")]
        for key, words, command in said.parts:
            line.append("  ").append(f"{key} ", self._style("key")).append(f"{words} ▾")
            self._ends.append((line.cell_len + 2, command))
        line.truncate(max(0, room - right.cell_len - 2), overflow="ellipsis")
        line.append(" " * max(0, room - line.cell_len - right.cell_len))
        line.append(right)
        line.truncate(room, overflow="ellipsis")
        return line

    def on_click(self, event: Click) -> None:
        """Ask for what changes the part under the pointer."""
        found = next((command for end, command in self._ends if event.x - 1 < end), "")
        if found:
            self.post_message(self.Chosen(found))

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"board-line--{part}", partial=True)


def period_of(dashboard: Dashboard) -> Parameter | None:
    """Return the parameter that is a period, if there is one."""
    return next((each for each in dashboard.parameters if each.kind == "period"), None)


def others_of(dashboard: Dashboard) -> tuple[Parameter, ...]:
    """Return the parameters beside the period."""
    period = period_of(dashboard)
    return tuple(each for each in dashboard.parameters if each is not period)


def label(parameter: Parameter, value: str, offered: tuple[tuple[str, str], ...] = ()) -> str:
    """Return how a chosen value is said; an empty one means all.

    >>> label(Parameter("period", "period", "period"), "30d"), label(Parameter("user", "user"), "")
    ('last 30 days', 'all')
    """
    found = dict((*offered, *parameter.choices)).get(value, value)
    if parameter.kind == "period" and found == value:
        return period(value)
    return sanitize(found) if value else "all"


def period(word: str) -> str:
    """Return a period in words.

    >>> period("24h"), period("1m"), period("this month"), period("all")
    ('last 24 hours', 'last month', 'this month', 'all time')
    """
    span = re.fullmatch(r"(\d+)([hdwm])", word)
    if span is None:
        return "all time" if word == "all" else word
    unit = _SPANS[span[2]]
    return f"last {unit[:-1]}" if span[1] == "1" else f"last {span[1]} {unit}"


def every(dashboard: Dashboard, refresh: float | None) -> str:
    """Say how often a dashboard is read."""
    seconds = dashboard.refresh if refresh is None else refresh
    return f"every {interval(seconds)}" if seconds else "by hand"


def interval(seconds: float) -> str:
    """Say how much time lies between two readings.

    >>> interval(2), interval(60), interval(90)
    ('2 s', '1 m', '1 m 30 s')
    """
    return f"{seconds:g} s" if seconds < 60 else duration(seconds)


def said(
    dashboard: Dashboard,
    chosen: Mapping[str, str],
    labels: Mapping[str, tuple[tuple[str, str], ...]],
    refresh: float | None,
    why: str,
) -> Said:
    """Return what the line says of a dashboard."""
    parts = []
    period_ = period_of(dashboard)
    if period_ is not None:
        parts.append(("p", label(period_, chosen[period_.id]), "board.period"))
    others = others_of(dashboard)
    if others:
        words = [f"{sanitize(each.title)} {label(each, chosen[each.id], labels.get(each.id, ()))}" for each in others]
        parts.append(("f", " · ".join(words), "board.filter"))
    parts.append(("e", every(dashboard, refresh), "board.every"))
    return Said(sanitize(dashboard.title), tuple(parts), f"{_PAUSED} {why}" if why else "", bool(why))
