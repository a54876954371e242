"""A view over a row source that reads what is in sight and not at hand, one request at a time."""

from __future__ import annotations

from dataclasses import dataclass

from textual import work
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.worker import Worker

from console.errors import ConsoleError
from console.rows.source import Listed, RowSource
from console.ui.widgets.line_view import LineView
from console.ui.widgets.reading_ahead import missing

_PAUSE = 0.04  # seconds of standing still before rows are asked for


class RowView(LineView):
    """A line view of rows. Subclasses say what is `in_sight` and draw anew when `rows_arrived`."""

    source: reactive[RowSource] = reactive[RowSource](Listed(()), init=False)
    """Where the rows come from."""

    @dataclass
    class FetchFailed(Message):
        """Rows could not be read; the view says so itself and asks again when it is scrolled."""

        view: RowView
        error: ConsoleError

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None, disabled: bool = False
    ) -> None:
        """Create a view of no rows."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.failure: ConsoleError | None = None
        self._pause: Timer | None = None
        self._reader: Worker[None] | None = None

    @property
    def in_sight(self) -> tuple[int, int]:
        """The first row in sight and how many have room; none while the view has no size."""
        return 0, 0

    @property
    def is_reading(self) -> bool:
        """Whether rows have been asked for and have not all come."""
        return self._reader is not None and not self._reader.is_finished

    def rows_arrived(self) -> None:
        """Draw rows that have come; there may be more of them than before."""

    def end_arrived(self) -> None:
        """Go to the last row, which has come."""

    def watch_source(self) -> None:
        """Let go of the old rows and read the new."""
        self.workers.cancel_group(self, "rows")
        self._reader = None
        self.failure = None
        self.read()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read the rows that came into sight as soon as the view stands still."""
        super().watch_scroll_y(old_value, new_value)
        self.failure = None
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self.read)

    def read(self) -> None:
        """Read what is missing, unless it is being read already or has just failed."""
        _, height = self.in_sight
        if height and not self.is_reading and not self.failure and missing(self.source, *self.in_sight):
            self._reader = self._fetch(self.source)

    def retry(self) -> None:
        """Ask again for what could not be read."""
        self.failure = None
        self.read()
        self.refresh()

    def read_end(self) -> None:
        """Read the last rows, whatever else is being read."""
        self._reader = self._fetch_end(self.source)
        self.refresh()

    @work(exclusive=True, group="rows")
    async def _fetch(self, source: RowSource) -> None:
        """Read what is missing, and what is missing by then, until the page in sight is whole or nothing new comes."""
        asked: set[tuple[int, int]] = set()
        try:
            while (span := missing(source, *self.in_sight)) and span not in asked:
                asked.add(span)
                await source.fetch(*span)
                self.rows_arrived()
        except ConsoleError as error:
            self._fail(error)

    @work(exclusive=True, group="rows")
    async def _fetch_end(self, source: RowSource) -> None:
        try:
            await source.fetch_end()
        except ConsoleError as error:
            self._fail(error)
        else:
            self.rows_arrived()
            self.end_arrived()

    def _fail(self, error: ConsoleError) -> None:
        self.failure = error
        self.refresh()
        self.post_message(self.FetchFailed(self, error))
