"""The list of hits: a cursor, tags, and what can be done with the row under the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from console.ui import commands
from console.ui.commanding import Commanding
from console.ui.screens.vectors import hit_lines
from console.ui.screens.vectors.hit_lines import Answer
from console.ui.widgets.line_view import LineView, Span
from console.ui.widgets.parts import shown
from console.vectors.search.hit import Hit
from console.vectors.search.question import Key


class HitList(Commanding, LineView):
    """Hits below their headings, a line each. What is asked of it goes up as a message."""

    PLACE = "hits"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,g", "go(0)", "First", show=False),
        Binding("end,G", "go(-1)", "Last", show=False),
        Binding("enter", "open", "Open", show=False),
        *commands.bindings("hits"),
    ]
    DEFAULT_CSS = """
    HitList { height: 1fr; width: 1fr; overflow-x: hidden; }
    """

    found: reactive[Answer | None] = reactive[Answer | None](None, init=False, always_update=True)
    cursor: reactive[int] = reactive(0, init=False, repaint=False)

    @dataclass
    class Chosen(Message):
        """The cursor stands on another hit."""

    @dataclass
    class Opened(Message):
        """A person wants to see a hit in full."""

    @dataclass
    class Asked(Message):
        """A person wants something of the hit under the cursor: `tag`, `mix`."""

        what: str

    def __init__(self, *, id: str | None = None) -> None:
        """Show nothing yet."""
        super().__init__(id=id)
        self.tags: dict[Key, float] = {}
        self.empty = ""

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor."""
        hits = self.found.hits if self.found is not None else ()
        return hits[self.cursor] if self.cursor < len(hits) else None

    def watch_found(self, before: Answer | None, found: Answer | None) -> None:
        """Show other hits from the first on; of the same question, the cursor stays on its row."""
        key = self._key_in(before)
        keys = [each.key for each in found.hits] if found is not None else []
        is_same = getattr(before, "question", None) == getattr(found, "question", None)
        self.set_reactive(HitList.cursor, keys.index(key) if is_same and key and key in keys else 0)
        self._measure()
        self.post_message(self.Chosen())

    @property
    def _each(self) -> int:
        """How many lines a hit takes: two where there is room for all."""
        hits = len(self.found.hits) if self.found is not None else 0
        return 2 if hits and self.face.height > 2 * hits else 1

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a hit."""
        return max(0, min(cursor, len(self.found.hits) - 1 if self.found is not None else 0))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw anew, and tell who wants to know."""
        self.refresh()
        self._follow()
        if old != new:
            self.post_message(self.Chosen())

    def watch_show_vertical_scrollbar(self) -> None:
        """Draw in the room that the bar leaves."""
        self._measure()

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in sight."""
        self._measure()

    def render_line(self, y: int) -> Strip:
        """Draw the headings, or a hit."""
        room, found = self.face.width, self.found
        if found is None or not found.hits:
            lines = self.empty.split("\n")
            return self.paint(Span(shown(f" {lines[y]}" if y < len(lines) else "", "faint")), room=room)
        shape = hit_lines.shape(found, room)
        if y == 0:
            return self.paint(Span(hit_lines.header(found, shape), "line--header"), room=room)
        place, further = divmod(y - 1, self._each)
        place += self.scroll_offset.y
        if place >= len(found.hits):
            return self.paint(Span(()), room=room)
        sign = self.tags.get(found.hits[place].key)
        line = (
            hit_lines.second(found, place, shape, room)
            if further
            else hit_lines.line(found, place, shape, room, sign, tall=self._each > 1)
        )
        return self.paint(Span(line, "line--cursor" if place == self.cursor else ""), room=room)

    def on_click(self, event: Click) -> None:
        """Choose a hit; a second click opens it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y == 0 or self.found is None:
            return
        place = self.scroll_offset.y + (offset.y - 1) // self._each
        if place < len(self.found.hits):
            self.cursor = place
            if event.chain == 2:
                self.action_open()

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self.cursor += lines

    def action_page(self, pages: int) -> None:
        """Move the cursor by a page."""
        self.cursor += pages * max(1, self.face.height - 2)

    def action_go(self, place: int) -> None:
        """Go to the first hit, or with -1 to the last."""
        self.cursor = place if place >= 0 else 1 << 30

    def action_open(self) -> None:
        """Ask to see the hit in full."""
        if self.hit is not None:
            self.post_message(self.Opened())

    def do_tag(self) -> None:
        """Tag the row with a plus, then with a minus, then not at all."""
        assert self.hit is not None
        key = self.hit.key
        sign = {None: 1.0, 1.0: -1.0}.get(self.tags.get(key))
        self.tags.pop(key, None)
        if sign is not None:
            self.tags[key] = sign
        self.refresh()
        self.post_message(self.Asked("tag"))

    def do_mix(self) -> None:
        """Ask for what is near the tagged rows."""
        self.post_message(self.Asked("mix"))

    def why_not_tag(self) -> str | None:
        """It takes a row that can be told from others."""
        if self.hit is None:
            return "There is no row."
        return None if self.hit.key else "The rows have no key to tell them apart."

    def why_not_mix(self) -> str | None:
        """It takes tagged rows."""
        return None if self.tags else "No row is tagged: space tags one."

    def _key_in(self, found: Answer | None) -> Key:
        hits = found.hits if found is not None else ()
        return hits[self.cursor].key if self.cursor < len(hits) else ()

    def _measure(self) -> None:
        self.virtual_size = Size(
            self.face.width, 1 + self._each * len(self.found.hits) if self.found is not None else 0
        )
        self.refresh()
        self._follow()

    def _follow(self) -> None:
        height = self.face.height - 1
        if height > 0:
            y = max(min(self.scroll_offset.y, self.cursor), self.cursor - height + 1)
            self.scroll_to(y=y, animate=False, force=True)
