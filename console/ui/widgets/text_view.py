"""A view of a long text: it scrolls without a cursor, and draws the lines in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from console.ui.widgets.line_view import LineView, Span
from console.ui.widgets.papers import Paper, Text
from console.ui.widgets.parts import Part, fill

_SIDEWAYS = 8  # cells


class TextView(LineView):
    """Lines of a `Paper`, with their numbers if wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "lines(-1)", "Up", show=False),
        Binding("down,j", "lines(1)", "Down", show=False),
        Binding("left,h", "sideways(-1)", "Left", show=False),
        Binding("right,l", "sideways(1)", "Right", show=False),
        Binding("pageup", "pages(-1)", "Page up", show=False),
        Binding("pagedown,space", "pages(1)", "Page down", show=False),
        Binding("home,g", "top", "Top", show=False),
        Binding("end,G", "bottom", "Bottom", show=False),
        Binding("y", "copy", "Copy", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | arrows, pageup, pagedown, space, home, end | Scroll. |
    | y | Copy: a message. |
    """

    DEFAULT_CSS = """
    TextView {
        height: 1fr;
        width: 1fr;
    }
    """

    paper: reactive[Paper] = reactive[Paper](Text(""), init=False)
    """The lines."""

    @dataclass
    class CopyRequested(Message):
        """A person wants to copy the text."""

        view: TextView

    def __init__(
        self,
        paper: Paper | None = None,
        *,
        numbers: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Create a view of `paper`; `numbers` stand before the lines."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._numbers = numbers
        if paper is not None:
            self.set_reactive(TextView.paper, paper)

    def on_mount(self) -> None:
        """Tell the scroll bars how much there is."""
        self._reflow()

    def on_resize(self, event: Resize) -> None:
        """Break the lines for the room there is now."""
        self._reflow()

    def watch_show_vertical_scrollbar(self) -> None:
        """Break the lines for the room that the bar leaves."""
        self._reflow()

    def watch_paper(self) -> None:
        """Show another text from its top."""
        self._reflow()
        self.scroll_to(0, 0, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        index = self.scroll_offset.y + y
        if index >= len(self.paper):
            return self.paint(room=self.face.width)
        number = Span([*fill([Part(str(index + 1), "guide")], self._gutter - 2, right=True)] if self._gutter else ())
        line = self.paint(Span(self.paper.line(index)), room=max(self.paper.width, self.room))
        left = self.scroll_offset.x
        return Strip.join([self.paint(number, room=self._gutter), line.crop(left, left + max(0, self.room))])

    def action_lines(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def action_pages(self, pages: int) -> None:
        """Scroll by pages."""
        self.action_lines(pages * max(1, self.face.height - 1))

    def action_sideways(self, steps: int) -> None:
        """Scroll sideways."""
        self.scroll_to(x=self.scroll_offset.x + steps * _SIDEWAYS, animate=False)

    def action_top(self) -> None:
        """Go to the first line."""
        self.scroll_to(0, 0, animate=False)

    def action_bottom(self) -> None:
        """Go to the last line."""
        self.scroll_to(0, len(self.paper), animate=False)

    def action_copy(self) -> None:
        """Ask for a copy."""
        self.post_message(self.CopyRequested(self))

    @property
    def room(self) -> int:
        """How many cells a line may take."""
        return self.face.width - self._gutter

    @property
    def _gutter(self) -> int:
        return len(str(len(self.paper))) + 3 if self._numbers and self.paper.width else 0

    def _reflow(self) -> None:
        self.paper.reflow(self.room)
        self.virtual_size = Size(self._gutter + self.paper.width, len(self.paper))
        self.refresh()
