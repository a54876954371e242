"""The column as points in two dimensions: a cursor names the one under it, hits bear their ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message

from console.drawing.picture import Picture, Role
from console.ui import commands
from console.ui.commanding import Commanding
from console.ui.screens.vectors.charts import wrapped
from console.ui.widgets.picture_view import PictureView
from console.vectors.search.question import Key

if TYPE_CHECKING:
    from console.vectors.quality.scatter import Scatter


class ScatterView(Commanding, PictureView):
    """Points with a cursor."""

    PLACE = "picture"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(0, -1)", "Up", show=False),
        Binding("down,j", "move(0, 1)", "Down", show=False),
        Binding("left,h", "move(-1, 0)", "Left", show=False),
        Binding("right,l", "move(1, 0)", "Right", show=False),
        Binding("enter", "open", "Open", show=False),
        *commands.bindings("picture"),
    ]
    DEFAULT_CSS = """
    ScatterView { height: 1fr; padding: 0 1; }
    """

    @dataclass
    class Asked(Message):
        """A person wants something of the point under the cursor: `more`, or `colour` to colour by another column."""

        what: str
        key: Key = ()

    def __init__(self, *, id: str) -> None:
        """Show nothing yet."""
        super().__init__(id=id)
        self.scatter: Scatter | None = None
        self.colour: str | None = None
        self.cursor: int | None = None
        self._hits: Mapping[Key, int] = {}
        self._words = ("", Role.MUTED)

    def tell(self, words: str, role: Role = Role.MUTED) -> None:
        """Say something in place of the picture."""
        self.scatter, self._words = None, (words, role)
        self.again()

    def show(self, scatter: Scatter) -> None:
        """Show points."""
        self.scatter = scatter
        self.cursor = None if self.cursor is None or self.cursor >= len(scatter.marks) else self.cursor
        self.again()

    def mark_hits(self, ranks: Mapping[Key, int], chosen: Key) -> None:
        """Show where the hits are, with the cursor on one."""
        self._hits = ranks
        at = self.scatter.at(chosen) if self.scatter is not None and chosen else None
        self.cursor = at if at is not None else self.cursor
        self.again()

    def make(self, width: int, height: int) -> Picture:
        """Draw the points."""
        if self.scatter is None:
            return ((), *wrapped(self._words[0], width, self._words[1]))[:height]
        from console.vectors.quality.scatter_picture import draw_scatter

        return draw_scatter(self.scatter, width, height, cursor=self.cursor, hits=self._hits)

    def on_click(self, event: Click) -> None:
        """Choose the point under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None or self.scatter is None:
            return
        from console.vectors.quality.scatter_picture import nearest

        size = self.content_size
        found = nearest(self.scatter, size.width, size.height, offset.x, offset.y)
        if found is not None:
            self.cursor = found
            self.again()

    def action_move(self, right: int, down: int) -> None:
        """Go to the next point in a direction."""
        if self.scatter is None or not self.scatter.marks:
            return
        from console.vectors.quality.scatter_picture import step

        size = self.content_size
        if self.cursor is None:
            self.cursor = 0
        else:
            self.cursor = step(self.scatter, size.width, size.height, self.cursor, right, down)
        self.again()

    def action_open(self) -> None:
        """Ask for more like the point under the cursor."""
        self.do_more()

    def do_more(self) -> None:
        """Ask for rows like the one under the cursor."""
        if self.why_not_more() is None:
            assert self.scatter is not None
            assert self.cursor is not None
            self.post_message(self.Asked("more", self.scatter.marks[self.cursor].key))

    def do_colour(self) -> None:
        """Ask for another column to colour by."""
        self.post_message(self.Asked("colour"))

    def why_not_more(self) -> str | None:
        """It takes a point."""
        if self.scatter is None or self.cursor is None:
            return "No point is chosen: the arrows go from one to the next."
        return None if self.scatter.marks[self.cursor].key else "The rows have no key to tell them apart."
