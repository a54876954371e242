"""Which rows a grid should ask its source for, and how it says where in the table it stands. Nothing here is drawn."""

from __future__ import annotations

from console.rows.source import RowSource
from console.text import count


def missing(source: RowSource, top: int, height: int) -> tuple[int, int] | None:
    """Return the first and last row to fetch so that the page at `top` is at hand, or None when it is.

    A page more is asked for on each side; and what follows, when the page comes near the end of what was read without
    a gap.

    >>> from console.rows.source import Listed
    >>> missing(Listed((), [()] * 10), 0, 5)
    """
    length = len(source)
    page = range(max(0, top), min(top + height, length))
    absent = [index for index in page if source.row(index) is None]
    if absent:
        first, last = max(0, absent[0] - height), absent[-1] + height
        return first, last if not source.complete else min(last, length - 1)
    if source.complete or source.counted < length or top + 2 * height < length:
        return None
    return length, length + 2 * height


def place(source: RowSource, top: int, height: int) -> str:
    """Say which rows are seen, of how many, and how sure that is.

    >>> from console.rows.source import Listed
    >>> place(Listed((), [()] * 1204), 0, 36)
    'rows 1–36 of 1,204'
    """
    length = len(source)
    if not length:
        return "no rows" if source.complete else "no rows yet"
    last = min(top + height, length)
    unsure = "" if last <= source.counted else "~"
    rows = f"row {unsure}{last:,}" if last == top + 1 else f"rows {unsure}{top + 1:,}–{unsure}{last:,}"
    return f"{rows} of {_whole(source)}"


def _whole(source: RowSource) -> str:
    if source.complete:
        return f"{len(source):,}"
    if source.estimate is None or source.estimate < source.counted:
        return f"more than {source.counted:,}"
    return f"~{count(source.estimate)} (estimate)"
