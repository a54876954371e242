"""How far something is: a bar and the numbers beside it. It moves when it is told to, and never by itself."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget


class ProgressLine(Widget):
    """`done` of `total`; nothing is drawn while there is no total. A `label` stands in the place of the numbers."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"progress-line--done", "progress-line--rest"}
    DEFAULT_CSS = """
    ProgressLine {
        height: 1;
        & > .progress-line--done { color: $primary; }
        & > .progress-line--rest { color: $text-muted; }
    }
    """

    done: reactive[int] = reactive(0)
    total: reactive[int] = reactive(0)
    label: reactive[str] = reactive("")

    def render(self) -> Text:
        """Draw the bar as wide as there is room, and the numbers at its end."""
        if not self.total:
            return Text("")
        numbers = f"  {self.label or f'{self.done}/{self.total}'}"
        filled, rest = cells(self.done, self.total, max(4, self.content_size.width - len(numbers)))
        return Text.assemble(
            ("▓" * filled, self._style("done")), ("░" * rest, self._style("rest")), numbers, no_wrap=True, end=""
        )

    def _style(self, part: str) -> str:
        return self.get_component_rich_style(f"progress-line--{part}", partial=True)  # type: ignore[return-value]


def cells(done: int, total: int, room: int) -> tuple[int, int]:
    """Return how many cells are filled and how many are not.

    >>> cells(0, 3, 12), cells(2, 3, 12), cells(3, 3, 12), cells(9, 3, 12)
    ((0, 12), (8, 4), (12, 0), (12, 0))
    """
    filled = room * min(done, total) // total
    return filled, room - filled
