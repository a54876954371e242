"""What the grid, the tree and the text views share: a scroll view that draws the lines one sees, from toned parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from console.ui.widgets.parts import Line, fill, width

TONES = (
    "accent", "added", "bad", "boolean", "comment", "faint", "function", "good", "guide", "head", "hex", "hidden",
    "key", "keyword", "null", "number", "removed", "string", "type", "warning",
)  # fmt: skip


class Span(NamedTuple):
    """Parts that lie on the same ground: `over` is "", or the component class the parts are drawn over."""

    parts: Line
    over: str = ""


class LineView(ScrollView, can_focus=True):
    """A scroll view that draws its lines from parts.

    A part's tone is looked up as the component class `tone--<tone>`; over a ground such as `line--cursor` a part takes
    the colours of the ground and keeps its own text style.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"tone--{tone}" for tone in TONES),
        "line--cursor",
        "line--header",
        "line--mark",
    }
    """
    | Class | Description |
    | :- | :- |
    | `tone--…` | Text of one tone. |
    | `line--cursor` | What the cursor stands on. |
    | `line--header` | Headings and the line of state. |
    | `line--mark` | The row and the heading of the cell the cursor stands on. |
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    LineView {
        background: $surface;
        color: $foreground;
        scrollbar-size: 1 1;

        & > .line--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
        }
        &:focus > .line--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > .line--header { background: $panel; }
        & > .line--mark { background: $boost; }

        & > .tone--accent { color: $text-accent; }
        & > .tone--added { color: $text-success; text-style: bold underline; }
        & > .tone--bad { color: $text-error; text-style: bold; }
        & > .tone--boolean { color: $text-warning; }
        & > .tone--comment { color: $text-muted; text-style: italic; }
        & > .tone--faint { color: $text-muted; }
        & > .tone--function { color: $text-accent; }
        & > .tone--good { color: $text-success; }
        & > .tone--guide { color: $foreground 25%; }
        & > .tone--head { text-style: bold; }
        & > .tone--hex { color: $text-accent; }
        & > .tone--hidden { color: $text-error; text-style: dim; }
        & > .tone--key { color: $text-primary; }
        & > .tone--keyword { color: $text-primary; text-style: bold; }
        & > .tone--null { color: $text-muted; text-style: italic dim; }
        & > .tone--number { color: $foreground; }
        & > .tone--removed { color: $text-error; text-style: bold underline; }
        & > .tone--string { color: $text-success; }
        & > .tone--type { color: $text-secondary; }
        & > .tone--warning { color: $text-warning; }
    }
    """

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None, disabled: bool = False
    ) -> None:
        """Create a view without lines."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._styles_of_tones: dict[tuple[str, str], Style] = {}

    def notify_style_update(self) -> None:
        """Forget the styles: the theme or the focus has changed."""
        super().notify_style_update()
        self._styles_of_tones = {}
        self.forget_lines()

    @property
    def face(self) -> Size:
        """What can be drawn on: the size without the scroll bars."""
        return self.scrollable_content_region.size

    def forget_lines(self) -> None:
        """Forget lines that were kept; for views that keep some."""

    def paint(self, *spans: Span, room: int) -> Strip:
        """Return a strip of exactly `room` cells; what is left over is on the ground of the last span."""
        segments: list[Segment] = []
        taken = 0
        for parts, over in spans:
            segments += [Segment(text, self.tone(tone, over)) for text, tone in parts]
            taken += width(parts)
        if taken < room:
            segments.append(Segment(" " * (room - taken), self.tone("", spans[-1].over if spans else "")))
        strip = Strip(segments, max(taken, room))
        return strip if taken <= room else strip.crop(0, room)

    def paint_words(self, words: Sequence[Line], *, room: int) -> Strip:
        """Return a line of state: the first words at the left edge, the last at the right."""
        left, right = words[0], words[-1] if len(words) > 1 else ()
        return self.paint(Span([*fill(left, max(0, room - width(right))), *right], "line--header"), room=room)

    def tone(self, tone: str, over: str = "") -> Style:
        """Return the style of a tone over a ground."""
        if (style := self._styles_of_tones.get((tone, over))) is None:
            style = self._styles_of_tones[tone, over] = self._style(tone, over)
        return style

    def _style(self, tone: str, over: str) -> Style:
        if not tone:
            return self.get_component_rich_style(over) if over else self.rich_style
        own = self.get_component_rich_style(f"tone--{tone}")
        if not over:
            return own
        color = None if over == "line--cursor" else own.color
        kept = Style(color=color, bold=own.bold, italic=own.italic, underline=own.underline, dim=own.dim)
        return self.get_component_rich_style(over) + kept
