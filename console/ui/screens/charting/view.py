"""The picture of a chart in a frame, or words where there is none."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from textual.timer import Timer

from console.dashboards.definition import Kind, Panel
from console.dashboards.drawing.draw import draw
from console.dashboards.sample import Sample
from console.drawing.picture import Picture, Role, plain
from console.errors import ConsoleError
from console.text import age, sanitize
from console.ui.commanding import in_words
from console.ui.screens.dashboards.panel_view import words
from console.ui.titles import title
from console.ui.widgets.picture_view import PictureView

_PATIENCE = 0.3  # seconds after which a person is told that something is being read,
_AGAIN = 1.0  # and between two words about how long that takes
_ENDS = "ctrl+c ends it on the server."


class ChartView(PictureView):
    """One chart over all the room there is. What is drawn stays until the next one is there."""

    DEFAULT_CSS = """
    ChartView {
        height: 1fr;
        border: round $border-blurred;
        border-title-color: $foreground;
        border-subtitle-color: $text-muted;
        padding: 0 1;
        &:focus { border: round $primary; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Show nothing yet."""
        super().__init__(id=id)
        self.panel: Panel | None = None
        self.sample: Sample | None = None
        self._words = ("", Role.MUTED)
        self._patience: Timer | None = None
        self._since = 0.0
        self._aside = ""

    @property
    def text(self) -> str:
        """The chart as text."""
        head = sanitize(self.panel.title) if self.panel is not None else ""
        return f"{head}\n{plain(self.picture)}\n"

    def shows(self, sql: str, kind: Kind) -> bool:
        """Return whether what is drawn came of this statement; a table has its values as they were written."""
        panel = self.panel
        return panel is not None and panel.sql == sql and (panel.kind is Kind.TABLE) == (kind is Kind.TABLE)

    def wait(self) -> None:
        """Say that something is read, once it takes long enough to be noticed, and then for how long."""
        self._stop_waiting()
        self._since = time.monotonic()
        self._patience = self.set_timer(_PATIENCE, self._say_reading)

    def show(self, panel: Panel, sample: Sample, aside: str | None = None) -> None:
        """Draw a chart; `aside` says on the frame what is left out, None that this is as before."""
        self._stop_waiting()
        self.panel, self.sample = panel, sample
        self._aside = self._aside if aside is None else aside
        self.border_title, self.border_subtitle = title(panel.title), title(self._aside)
        self.again()

    def fail(self, error: ConsoleError) -> None:
        """Say what went wrong in place of the picture."""
        self._stop_waiting()
        self.panel = self.sample = None
        self._aside, self._words = "", (f"✗ {in_words(error)}\n\nr tries again.", Role.CRIT)
        self.border_title = self.border_subtitle = ""
        self.again()

    def make(self, width: int, height: int) -> Picture:
        """Draw it."""
        if self.panel is None or self.sample is None:
            text, role = self._words
            return words(text, width, height, role) if text else ()
        now = datetime.fromtimestamp(self.sample.at, UTC)
        return draw(self.panel, [self.sample], width, height, now=now)

    def _say_reading(self) -> None:
        if self._patience is None:  # what was waited for has come while this was on its way
            return
        waited = time.monotonic() - self._since
        reading = f"reading for {age(waited)} …" if waited >= _AGAIN else "reading …"
        self._patience = self.set_timer(_AGAIN, self._say_reading)
        if self.sample is None:
            self._words = (f"{reading}\n\n{_ENDS}", Role.MUTED)
            self.again()
        else:
            self.border_subtitle = reading

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.stop()
        self._patience = None
