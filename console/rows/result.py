"""The result of a query as a source of rows: streamed to disk at once, up to a bound, so that nothing is held open.

A result cannot be read on later without running the query again, so what the bound cuts off is said, not hidden.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Self

from console.db.query import Batch, Columns, Query, Row
from console.db.session import Session
from console.rows import types
from console.rows.source import Column
from console.rows.spool import Spool, row_bytes
from console.text import count, size

MOST_ROWS = 100_000
MOST_BYTES = 256 << 20


class QueryRows:
    """A RowSource over a SELECT; `what` is what a note calls it: "a view", "the result".

    `columns` may be given where they are known better than by the result. `truncated` tells whether there were more
    rows than are kept. `error` is set when the query failed or was cancelled on the way; the rows that had come by then
    stay.
    """

    def __init__(
        self,
        session: Session,
        sql: str | Query,
        *,
        what: str = "the result",
        columns: tuple[Column, ...] = (),
        most_rows: int = MOST_ROWS,
        most_bytes: int = MOST_BYTES,
        timeout: float | None = None,
    ) -> None:
        """Prepare to read; `open` is the way in. The session is busy until the rows have come."""
        self.columns = columns
        self.truncated = False
        self.error: Exception | None = None
        self._session = session
        self._sql = sql
        self._what = what
        self._bounds = most_rows, most_bytes
        self._timeout = timeout
        self._spool = Spool()
        self._bytes = 0
        self._begun = False
        self._done = False
        self._news = asyncio.Condition()
        self._reading: asyncio.Task[None] | None = None

    async def open(self) -> Self:
        """Begin to read in the background; return when the columns are known. Raises StatementFailed and its kin."""
        self._reading = asyncio.create_task(self._read())
        try:
            await self._until(lambda: self._begun or self._done)
            if self.error is not None and not self._begun:
                raise self.error
        except BaseException:
            await self.close()
            raise
        return self

    @property
    def complete(self) -> bool:
        """Whether the last row that is kept has come."""
        return self._done

    @property
    def estimate(self) -> int | None:
        """The number of rows, once it is known."""
        return len(self) if self._done and not self.truncated else None

    @property
    def counted(self) -> int:
        """All rows have certain numbers."""
        return len(self)

    @property
    def note(self) -> str:
        """What is shown, and what is not: "first 10,000 rows of a view"."""
        if not self._done:
            return f"reading {self._what}"
        if self.error is not None:
            return f"the first {len(self):,} rows of {self._what}; then it was ended"
        if self.truncated:
            room = f", {size(self._bytes)}" if self._bytes >= self._bounds[1] else ""
            return f"first {len(self):,} rows of {self._what}{room}; there are more"
        return f"all {count(len(self))} rows of {self._what}"

    def __len__(self) -> int:
        return len(self._spool)

    def row(self, index: int) -> Row | None:
        """Return a row that has come."""
        return self._spool.row(index) if 0 <= index < len(self._spool) else None

    async def fetch(self, first: int, last: int) -> None:
        """Wait until the row `last` has come, or the last one. Raises what ended the query."""
        await self._until(lambda: len(self) > last or self._done)
        if self.error is not None and last >= len(self):
            raise self.error

    async def fetch_end(self) -> None:
        """Wait for the last row that is kept."""
        await self._until(lambda: self._done)

    async def cancel(self) -> bool:
        """End the query on the server; True when it has confirmed it. What has come stays."""
        return await self._session.cancel()

    async def close(self) -> None:
        """Stop reading and give the disk back; the session stays open."""
        if self._reading is not None:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reading
        self._spool.close()

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with self._news:
            await self._news.wait_for(holds)

    async def _read(self) -> None:
        try:
            await self._stream()
        except Exception as error:  # noqa: BLE001 - it is raised where somebody waits for the rows
            self.error = error
        finally:
            self._done = True
            await self._tell()

    async def _stream(self) -> None:
        head: Columns | None = None
        # Left early, the stream ends its transaction at once.
        async with contextlib.aclosing(self._session.stream(self._sql, timeout=self._timeout)) as parts:
            async for part in parts:
                if isinstance(part, Columns):
                    head = part
                    self._begun = True
                    self.columns = self.columns or types.columns(part.columns)
                else:
                    self._keep(part)
                await self._tell()
                if self.truncated:
                    break
        if head is not None and not all(column.type_name for column in self.columns):
            self.columns = types.columns(head.columns, await types.look_up(self._session, head.columns))

    def _keep(self, batch: Batch) -> None:
        most_rows, most_bytes = self._bounds
        for row in batch:
            if len(self) >= most_rows or self._bytes >= most_bytes:
                self.truncated = True
                return
            self._spool.append((row,))
            self._bytes += row_bytes(row)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()
