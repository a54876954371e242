"""A view of a picture: text in roles, drawn anew for the room there is."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from console.drawing.picture import Line, Picture, Role


class PictureView(Widget, can_focus=True):
    """A widget whose `make` gives a picture for a number of cells and lines; it is asked again only after `again`.

    A role is looked up as the component class `role--<role>`.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"role--{role}" for role in Role}
    """
    | Class | Description |
    | :- | :- |
    | `role--…` | Text of one role. |
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    PictureView {
        & > .role--muted, & > .role--axis { color: $text-muted; }
        & > .role--strong { text-style: bold; }
        & > .role--ok { color: $text-success; }
        & > .role--warn { color: $text-warning; }
        & > .role--crit { color: $text-error; text-style: bold; }
        & > .role--series-1 { color: $series-1; }
        & > .role--series-2 { color: $series-2; }
        & > .role--series-3 { color: $series-3; }
        & > .role--series-4 { color: $series-4; }
        & > .role--series-5 { color: $series-5; }
        & > .role--series-6 { color: $series-6; }
        & > .role--series-7 { color: $series-7; }
        & > .role--series-8 { color: $series-8; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Make a view that has drawn nothing yet."""
        super().__init__(id=id, classes=classes)
        self._drawn_for: Size | None = None
        self._picture: Picture = ()
        self._ground: Style | None = None
        self._styles_of_roles: dict[Role, Style] = {}

    def make(self, width: int, height: int) -> Picture:
        """Return the picture for a room; no line is wider, and there are no more lines."""
        return ()

    @property
    def picture(self) -> Picture:
        """What is drawn now."""
        size = self.content_size
        if self._drawn_for != size:
            self._picture = self.make(size.width, size.height) if size.area else ()
            self._drawn_for = size
        return self._picture

    def again(self) -> None:
        """Draw anew: what the picture is made of has changed."""
        self._drawn_for = None
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget the styles: the theme has changed, or a class."""
        super().notify_style_update()
        self._ground = None
        self._styles_of_roles = {}

    def render_line(self, y: int) -> Strip:
        """Draw a line of the picture."""
        picture = self.picture
        line: Line = picture[y] if y < len(picture) else ()
        segments = [Segment(span.text, self._style_of(span.role)) for span in line]
        if self._ground is None:
            self._ground = self.rich_style
        return Strip(segments).adjust_cell_length(self.content_size.width, self._ground)

    def _style_of(self, role: Role) -> Style:
        if role not in self._styles_of_roles:
            self._styles_of_roles[role] = self.get_component_rich_style(f"role--{role}")
        return self._styles_of_roles[role]
