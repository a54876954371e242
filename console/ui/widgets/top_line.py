"""The line on top: where we are, as whom, how far away, and a banner where writing would hurt."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from console.text import duration, sanitize
from console.ui.where import Where

_DOTS = {"open": "●", "opening": "○", "lost": "◌", "failed": "✗"}


class TopLine(Widget):
    """One line: program, profile, provider, database, role; at the right what goes on besides, version and latency."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"top-line--name", "top-line--dot", "top-line--banner"}
    DEFAULT_CSS = """
    TopLine {
        height: 1;
        background: $panel;
        color: $foreground;
        &.-production { background: $error; color: $background; text-style: bold; }
        & > .top-line--name { color: $accent; text-style: bold; }
        & > .top-line--dot { color: $success; }
        & > .top-line--banner { background: $error; color: $background; text-style: bold reverse; }
        &.-failed > .top-line--dot, &.-lost > .top-line--dot { color: $error; }
        &.-opening > .top-line--dot { color: $warning; }
        &.-production > .top-line--name, &.-production > .top-line--dot { color: $background; }
    }
    """

    where: reactive[Where] = reactive(Where())
    aside: reactive[str] = reactive("")

    def watch_where(self, where: Where) -> None:
        """Turn the state into classes; the style sheet says how they look."""
        self.set_class(where.production, "-production")
        for state in _DOTS:
            self.set_class(where.state == state, f"-{state}")

    def render(self) -> Text:
        """Draw left, banner and right; the middle gives way first when the terminal is narrow."""
        where, width = self.where, self.size.width
        banner = Text(" PRODUCTION ", self._style("banner")) if where.production else Text()
        left, right = self._left(where), Text(_right(where, self.aside))
        if self.aside and self._head(where).cell_len + banner.cell_len + right.cell_len > width:
            right = Text(f"{sanitize(self.aside)} ")  # what goes on is news; the version is not
        room = width - right.cell_len - banner.cell_len - 2
        left.truncate(max(room, 20), overflow="ellipsis")
        gap = width - left.cell_len - banner.cell_len - right.cell_len
        before = max(1, gap // 2) if where.production else 0
        line = Text.assemble(left, " " * before, banner, " " * max(1, gap - before), right)
        line.truncate(width)
        return line

    def _left(self, where: Where) -> Text:
        drift = f"≠ {where.drift}" if where.drift else ""
        role = f"{where.role}{_rights(where)}" if where.role else ""
        places = [drift, where.provider, where.database, role, where.note]
        return self._head(where).append(" · ".join(sanitize(place) for place in places if place))

    def _head(self, where: Where) -> Text:
        return Text.assemble(
            (" dbconsole  ", ""),
            (sanitize(where.name), self._style("name")),
            (f" {_DOTS[where.state]} ", self._style("dot")),
        )

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"top-line--{part}", partial=True)


def _rights(where: Where) -> str:
    return " (read-only)" if where.production else ""


def _right(where: Where, aside: str) -> str:
    parts = [
        sanitize(aside),
        f"PG {where.version}" if where.version else "",
        duration(where.latency) if where.latency else "",
    ]
    return " · ".join(part for part in parts if part) + " "
