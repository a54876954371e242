"""SQL to read: highlighted, scrolling, not to be edited."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.ui.widgets.papers import cut, readable
from console.ui.widgets.parts import Line, Part
from console.ui.widgets.text_view import TextView

if TYPE_CHECKING:
    from console.sql.highlight import Span

_LONGEST_HIGHLIGHTED = 400_000  # signs; longer texts are drawn plain
_TONED = frozenset(("keyword", "string", "number", "comment", "type", "function"))


class SqlView(TextView):
    """SQL, one line a line, with line numbers if wanted."""

    def __init__(
        self,
        sql: str = "",
        *,
        numbers: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Create a view of `sql`."""
        super().__init__(SqlPaper(sql), numbers=numbers, name=name, id=id, classes=classes, disabled=disabled)
        self._sql = sql

    @property
    def sql(self) -> str:
        """The text as it was given, which is what is copied."""
        return self._sql

    @sql.setter
    def sql(self, sql: str) -> None:
        self.put(sql)

    def put(self, text: str, *, plain: bool = False) -> None:
        """Show another text; a `plain` one is in another language than SQL, and has no tones."""
        self._sql = text
        self.paper = SqlPaper(text, plain=plain)


class SqlPaper:
    """Lines of SQL; the text is cut into spans when its first line is drawn."""

    def __init__(self, sql: str, *, plain: bool = False) -> None:
        """Hold `sql`; a `plain` text is drawn without tones."""
        self._text = readable(sql)
        self._lines = self._text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.width = max(len(line) if line.isascii() else 2 * len(line) for line in self._lines)
        self._spans: Sequence[Span] | None = () if plain else None
        self._span_starts: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self._lines)

    def reflow(self, room: int) -> None:
        """Do nothing: SQL keeps its lines."""

    def line(self, index: int) -> Line:
        """Return a line in tones."""
        spans = self._highlighted()
        if not spans:
            return [Part(self._lines[index])]
        start, stop = self._starts[index], self._starts[index + 1] - 1
        first = bisect_right(self._span_starts, start) - 1
        last = bisect_right(self._span_starts, stop)
        parts = [
            Part(self._text[span.start : span.end], span.kind if span.kind in _TONED else "")
            for span in spans[first:last]
        ]
        begin = spans[first].start
        return cut(parts, start - begin, stop - begin)

    def _highlighted(self) -> Sequence[Span]:
        if self._spans is None:
            from console.sql.highlight import spans  # not before SQL is seen: the start does not need it

            self._spans = spans(self._text) if len(self._text) <= _LONGEST_HIGHLIGHTED else ()
            self._span_starts = [span.start for span in self._spans]
        return self._spans
