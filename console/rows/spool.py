"""Rows that were read once are kept on disk, out of memory, and found again by their number.

The file is private, has no name from the start, and goes with the process. Rows lie in it in blocks; of each block
memory holds its first row and its place: 0.3 MB for a million rows.
"""

from __future__ import annotations

import marshal
import os
import tempfile
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from console.config import paths
from console.db.query import Row
from console.errors import ConsoleError, Refused
from console.text import size

MOST_BYTES = 2 << 30
_BLOCK_ROWS = 64
_BLOCK_BYTES = 1 << 16
_CACHED_BLOCKS = 4


class Spool:
    """Rows by number, appended at the end; `bytes` is what they take on disk."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, folder: Path | None = None) -> None:
        """Make an empty spool of at most `most_bytes` in `folder`, by default the console's cache folder.

        Raises UsageError when the folder cannot be made.
        """
        self.bytes = 0
        self._most_bytes = most_bytes
        where = paths.private(folder or paths.cache_dir() / "rows")
        self._file = tempfile.TemporaryFile(dir=where, buffering=0)  # noqa: SIM115 - closed by `close`
        self._firsts = array("Q")
        self._offsets = array("Q")
        self._written = 0
        self._open: list[Row] = []
        self._open_bytes = 0
        self._cache: OrderedDict[int, list[Row]] = OrderedDict()

    def __len__(self) -> int:
        return self._written + len(self._open)

    def append(self, rows: Sequence[Row]) -> None:
        """Add rows at the end. Raises Refused when the spool is full, ConsoleError when the disk is."""
        for row in rows:
            self._open.append(row)
            self._open_bytes += row_bytes(row)
            if len(self._open) >= _BLOCK_ROWS or self._open_bytes >= _BLOCK_BYTES:
                self._write()

    def row(self, index: int) -> Row:
        """Return a row that has been appended. Raises IndexError."""
        if index >= self._written:
            return self._open[index - self._written]
        block = bisect_right(self._firsts, index) - 1
        return self._block(block)[index - self._firsts[block]]

    def close(self) -> None:
        """Give the disk back; may be called twice."""
        self._file.close()
        self._open.clear()
        self._cache.clear()

    def _write(self) -> None:
        if self.bytes >= self._most_bytes:
            raise Refused(
                f"The rows read so far take {size(self.bytes)} on disk, and no more are kept.",
                hint="Filter or sort the table to come to other rows sooner.",
            )
        block = marshal.dumps(self._open)
        _write_all(self._file.fileno(), block, self.bytes)
        self._firsts.append(self._written)
        self._offsets.append(self.bytes)
        self.bytes += len(block)
        self._written += len(self._open)
        self._open, self._open_bytes = [], 0

    def _block(self, number: int) -> list[Row]:
        if number in self._cache:
            self._cache.move_to_end(number)
            return self._cache[number]
        start = self._offsets[number]
        end = self._offsets[number + 1] if number + 1 < len(self._offsets) else self.bytes
        # The bytes are our own: nobody else can open the file.
        rows: list[Row] = marshal.loads(_read_all(self._file.fileno(), end - start, start))  # noqa: S302
        self._cache[number] = rows
        if len(self._cache) > _CACHED_BLOCKS:
            self._cache.popitem(last=False)
        return rows


def row_bytes(row: Row) -> int:
    """Return about how many bytes the values of a row take."""
    return sum(len(value) if value is not None else 1 for value in row)


def _write_all(handle: int, data: bytes, offset: int) -> None:
    rest = memoryview(data)
    try:
        while rest:
            written = os.pwrite(handle, rest, offset)
            rest, offset = rest[written:], offset + written
    except OSError as error:
        raise ConsoleError(
            f"Rows could not be kept on disk: {error.strerror}.",
            detail="Those read before are still there.",
            hint="Free some space, or set DBCONSOLE_HOME to a folder on another disk.",
        ) from error


def _read_all(handle: int, count: int, offset: int) -> bytes:
    parts = []
    while count > 0:
        part = os.pread(handle, count, offset)
        if not part:
            raise ConsoleError("Rows that were kept on disk are gone.", hint="Read the table again.")
        parts.append(part)
        count, offset = count - len(part), offset + len(part)
    return b"".join(parts)
