"""One panel on the screen: its picture in a frame that says how fresh it is, or why there is none."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message

from console.dashboards import severity
from console.dashboards.definition import Need, Panel
from console.dashboards.drawing.draw import draw
from console.dashboards.fits import why_not
from console.dashboards.reading.polling import State
from console.dashboards.reading.ring import Ring
from console.dashboards.sample import Failed, Sample
from console.dashboards.wording import folded
from console.drawing.picture import Picture, Role, Span, plain
from console.text import age, sanitize
from console.ui.commanding import in_words
from console.ui.titles import title
from console.ui.widgets.picture_view import PictureView

_SIGNS = {Role.WARN: "! ", Role.CRIT: "✗ "}
_LONG = 2.0  # seconds that are waited before a person is told so
_ROOM_FOR_ERRORS = 12  # lines from which on half of them are kept for an error; else one, and what a picture leaves


class PanelView(PictureView):
    """A panel. It is drawn when something has come, or when it gets another size."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go(0, -1)", "Up", show=False),
        Binding("down,j", "go(0, 1)", "Down", show=False),
        Binding("left,h", "go(-1, 0)", "Left", show=False),
        Binding("right,l", "go(1, 0)", "Right", show=False),
        Binding("enter", "open", "Open", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | arrows, h j k l | To the next panel that way: a message. |
    | enter | Open: a message. |
    """

    DEFAULT_CSS = """
    PanelView {
        border: round $border-blurred;
        border-title-color: $foreground;
        border-subtitle-color: $text-muted;
        padding: 0 1;
        &:focus { border: round $primary; }
        &.-warn { border-title-color: $text-warning; }
        &.-crit { border-title-color: $text-error; }
        &.-stale { border-subtitle-color: $text-warning; }
        &.-failed { border-subtitle-color: $text-error; }
    }
    """

    @dataclass
    class Opened(Message):
        """A person wants to see more of a panel, or less again."""

        view: PanelView

    @dataclass
    class Left(Message):
        """A person wants to go to the panel beside this one."""

        view: PanelView
        right: int
        down: int

    def __init__(self, panel: Panel, missing: Sequence[Need] = ()) -> None:
        """Show a panel; with `missing` it says what it lacks, and is not read."""
        super().__init__()
        self.panel = panel
        self.missing = tuple(missing)
        self.state = State(Ring())
        self.reading_since: float | None = None
        self.newest: Sample | None = None  # what is drawn
        self._failed: Failed | None = None
        self._title = self._signed = title(panel.title)
        self._framed = ("", "")
        self._frame(self._signed, "")

    def show(self, state: State, now: float) -> None:
        """Show what is known now; `now` is seconds of a clock that only goes forward."""
        self.state = state
        if not state.reading:
            self.reading_since = None
        elif self.reading_since is None:
            self.reading_since = now
        newest = state.ring.newest
        if newest is not self.newest or state.failed is not self._failed:
            self.newest, self._failed = newest, state.failed
            self._judge()
            self.again()
        self.tick(now)

    def tick(self, now: float) -> None:
        """Say how old it is, which changes by itself."""
        state = self.state
        self.set_class(state.failed is not None, "-failed")
        self.set_class(state.stale, "-stale")
        waits = 0.0 if self.reading_since is None else now - self.reading_since
        self._frame(self._signed, title(_aside(state, waits)))

    def make(self, width: int, height: int) -> Picture:
        """Draw the samples; what went wrong stands below them, or alone."""
        if self.missing:
            return words(f"– skipped: {why_not(self.missing)}", width, height, Role.MUTED)
        newest = self.newest
        if newest is None:
            return _trouble(self.state, width, height) or words("reading …", width, height, Role.MUTED)
        kept = len(_trouble(self.state, width, height // 2 if height >= _ROOM_FOR_ERRORS else 1))
        now = datetime.fromtimestamp(newest.at, UTC)
        picture = draw(self.panel, self.state.ring, width, height - kept, now=now)
        trouble = _trouble(self.state, width, height - len(picture))
        return (*picture, *((),) * (height - len(trouble) - len(picture)), *trouble)

    @property
    def text(self) -> str:
        """The panel as text."""
        return f"{sanitize(self.panel.title)}\n{plain(self.picture)}\n"

    def action_open(self) -> None:
        """Ask for more of it."""
        self.post_message(self.Opened(self))

    def action_go(self, right: int, down: int) -> None:
        """Ask for the panel beside it."""
        self.post_message(self.Left(self, right, down))

    def on_click(self, event: Click) -> None:
        """Open it by a second click; the first gives it the keys."""
        if event.chain == 2:
            self.action_open()

    def _judge(self) -> None:
        """Say by a sign and a colour whether what is shown is fine."""
        found = severity.of(self.panel, self.state.ring) if len(self.state.ring) else Role.PLAIN
        self.set_class(found is Role.WARN, "-warn")
        self.set_class(found is Role.CRIT, "-crit")
        self._signed = _SIGNS.get(found, "") + self._title

    def _frame(self, head: str, aside: str) -> None:
        """Write what has changed on the frame: whatever is written there is painted again."""
        if head != self._framed[0]:
            self.border_title = head
        if aside != self._framed[1]:
            self.border_subtitle = aside
        self._framed = head, aside


def _trouble(state: State, width: int, height: int) -> Picture:
    """Return what went wrong, as much as so many lines hold."""
    if state.failed is None:
        return ()
    return words(f"✗ {in_words(state.failed.error)}", width, height, Role.CRIT)


def words(text: str, width: int, height: int, role: Role) -> Picture:
    """Return sentences, broken between words; their first line in the role."""
    lines = folded(text, width)
    if len(lines) > height > 0:
        lines = [*lines[: height - 1], f"{lines[height - 1][: width - 1]}…"]
    return tuple((Span(line, role if not place else Role.PLAIN),) for place, line in enumerate(lines[:height]))


def _aside(state: State, waits: float) -> str:
    """Say what is not usual: that it failed and when it is tried again, what is waited for, how old it is."""
    parts = []
    if state.failed is not None:
        parts.append(f"✗ failed, {_again(state.failed)}")
    if waits >= _LONG:
        parts.append(f"reading for {age(waits)}")
    if state.stale and state.age is not None:
        parts.append(f"{age(state.age)} old")
    return " · ".join(parts)


def _again(failed: Failed) -> str:
    if failed.again is None:
        return "r tries again"
    return f"again in {age(failed.at + failed.again - time.time())}"
