"""From what Textual writes to what is worth sending."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from console.ui.wire import frames, scrolling
from console.ui.wire.abilities import Abilities
from console.ui.wire.frames import Frame
from console.ui.wire.output import Output
from console.ui.wire.pens import PLAIN, Pen
from console.ui.wire.screen import Row, Screen
from console.ui.wire.scrolling import Scroll
from console.ui.wire.stretches import Stretch, by_pen, stretches

_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"

# Signs of a frame below which no time is spent on looking for a scrolled block, or for a better order.
_WORTH_A_SCROLL = 200
_WORTH_AN_ORDER = 400

# What leaves cells, cursor position and pen alone: private modes but the alternate screen's, the question for a mode,
# kitty's keyboard, a bell, and any OSC but the links.
_HARMLESS = re.compile(
    r"(?:\x1b\[\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|2004|2026|2031|2048)[hl]"
    r"|\x1b\[\?\d+\$p|\x1b\[[<>=]\d*u|\x07|\x1b\](?!8;)[^\x07\x1b]*(?:\x07|\x1b\\))+"
)


class Wire:
    """Keeps what a terminal shows and turns each frame into the text that changes only what differs.

    What it does not understand is sent as it is, and everything known is forgotten: the next frame is then sent whole.
    """

    def __init__(self, abilities: Abilities) -> None:
        self._abilities = abilities
        self._screen = Screen(0, 0)
        self._cursor: tuple[int, int] | None = None
        self._pen: Pen | None = None
        self._forgotten = True
        self._held = ""

    def forget(self) -> None:
        """Forget all before the next frame. May be called from any thread and from a signal handler."""
        self._forgotten = True

    def send(self, text: str, *, columns: int, rows: int) -> str:
        """Return what to send for `text` to a terminal that now has so many columns and rows; "" for nothing."""
        if text == _SYNC_START:
            return self._hold(text)
        if text == _SYNC_END and self._held:
            self._held = ""  # nothing came between the two
            return ""
        if _HARMLESS.fullmatch(text):
            return self._release() + text
        return self._frame(text, (columns, rows))

    def _hold(self, text: str) -> str:
        before, self._held = self._held, text
        return before

    def _release(self) -> str:
        return self._hold("")

    def _frame(self, text: str, size: tuple[int, int]) -> str:
        if self._forgotten or size != self._screen.size:
            self._begin(size)
        frame = frames.read(text)
        if frame is None or not self._screen.holds(frame):
            self.forget()
            return self._release() + text
        changes = self._painted(frame)
        return self._release() + changes if changes else ""

    def _begin(self, size: tuple[int, int]) -> None:
        self._forgotten = False
        self._screen = Screen(*size)
        self._cursor = self._pen = None

    def _painted(self, frame: Frame) -> str:
        before, after = self._screen.rows, self._screen.changed_by(frame)
        text = self._shortest(frame, before, after, None)
        if len(text) > _WORTH_A_SCROLL and (scroll := scrolling.found(before, after)):
            wanted = {**{number: before[number] for number in scroll.block}, **after}
            text = min(text, self._shortest(frame, scrolling.apply(scroll, before), wanted, scroll), key=_size)
        for number, row in after.items():
            before[number] = row
        self._cursor, self._pen = frame.cursor, PLAIN
        return text

    def _shortest(self, frame: Frame, before: Sequence[Row], after: Mapping[int, Row], scroll: Scroll | None) -> str:
        """Return the text that draws the rows, after moving a block of them if there is one to move."""
        drawn = [stretch for row in sorted(after) for stretch in stretches(row, before[row], after[row])]
        text = self._written(frame, drawn, scroll)
        if len(text) < _WORTH_AN_ORDER:
            return text
        return min(text, self._written(frame, by_pen(drawn), scroll), key=_size)

    def _written(self, frame: Frame, drawn: Iterable[Stretch], scroll: Scroll | None) -> str:
        output = Output(self._screen.size[0], self._abilities, self._cursor, self._pen)
        if scroll is not None:
            output.scroll(scroll.top, scroll.bottom, scroll.lines)
        for stretch in drawn:
            output.draw(stretch)
        output.take(PLAIN)
        output.move(*frame.cursor)
        return output.text()


def _size(text: str) -> int:
    return len(text.encode())
