"""How many rows the next page has: few at first, so that something is seen at once, then more as reading goes on."""

from __future__ import annotations

from collections.abc import Sequence

from console.db.query import Row
from console.rows.spool import row_bytes

_FIRST = 200
_MOST = 4_000
_PAGE_BYTES = 1 << 20
_PAGE_SECONDS = 0.25


class Pace:
    """The size of pages, kept so that one takes about a quarter of a second and a megabyte at most.

    >>> pace = Pace()
    >>> pace.rows
    200
    >>> pace.learn([("x",)] * 200, seconds=0.001)
    >>> pace.rows
    400
    """

    def __init__(self, wide: int | None = None) -> None:
        """Begin; `wide` is about how many bytes a row has, where that is known."""
        self.rows = min(_FIRST, max(1, _PAGE_BYTES // wide)) if wide else _FIRST

    def learn(self, rows: Sequence[Row], *, seconds: float) -> None:
        """Take into account what a page of `self.rows` brought and how long it took."""
        if not rows:
            return
        wide = max(1, sum(map(row_bytes, rows)) // len(rows))
        faster = self.rows * 2 if seconds < _PAGE_SECONDS / 2 else self.rows
        slower = self.rows // 2 if seconds > _PAGE_SECONDS * 2 else faster
        self.rows = max(1, min(slower, _MOST, _PAGE_BYTES // wide))
