"""Which columns of a row to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from console.ui.wire.cells import UNKNOWN
from console.ui.wire.screen import Row, differing

# Jumping over a gap takes three or four bytes.
_WIDEST_GAP = 4

_is_sure = attrgetter("sure")
_text = attrgetter("text")


def runs(before: Row, after: Row) -> Iterator[tuple[int, int]]:
    """Yield the stretches of columns to write: what changed, and gaps that are cheaper to write than to jump."""
    columns = _to_write(before, after)
    if not columns:
        return
    start = end = columns[0]
    for column in columns:
        if column > end and not _bridged(after, end, column):
            yield start, end
            start = column
        end = column + 1
    yield start, end


def _to_write(before: Row, after: Row) -> Sequence[int]:
    columns = list(differing(before, after))
    if all(map(_is_sure, map(after.__getitem__, columns))):
        return columns
    return _overrun([column for column in columns if after[column] is not UNKNOWN], after)


def _overrun(columns: Sequence[int], after: Row) -> Sequence[int]:
    """Add what signs of unsure width may run over: each of their characters may take two columns."""
    wanted = set(columns)
    unsure = [column for column in columns if not after[column].sure]
    while unsure:
        column = unsure.pop()
        reach = column + 2 * len(after[column].text)
        for beside in range(column, min(len(after), reach)):
            if beside not in wanted and after[beside] is not UNKNOWN:
                wanted.add(beside)
                unsure += [beside] * (not after[beside].sure)
    return sorted(wanted | _tails(wanted, after))


def _tails(columns: Iterable[int], after: Row) -> set[int]:
    """Return the columns that belong to the signs that begin in `columns`."""
    heads = ((column, after[column].width) for column in columns if after[column].width > 1)
    return {column + offset for column, width in heads for offset in range(width)}


def _bridged(after: Row, start: int, end: int) -> bool:
    """Say whether to write the gap: little text, all known and sure, and in the pen of one side or the other."""
    if end - start > _WIDEST_GAP:
        return False
    gap = after[start:end]
    pen = gap[0].pen
    if any(cell.pen is not pen or not cell.sure for cell in gap):
        return False
    return pen in (after[start - 1].pen, after[end].pen) and len("".join(map(_text, gap)).encode()) <= _WIDEST_GAP
