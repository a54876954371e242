"""Writes vectors and states of rows: a batch in a transaction, and row by row what a batch is refused for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from console.db.guard import Consent
from console.db.session import Session
from console.db.writer import Writer
from console.errors import ConsoleError, LockNotAvailable, StatementFailed
from console.vectors.embedders.embedder import Vector
from console.vectors.filling.fillable import Fillable
from console.vectors.filling.refusing import Refusal, of_a_row, one_by_one

T = TypeVar("T")

_PAUSES = (0.2, 1.0, 3.0)  # seconds before a batch is written again that somebody's locks kept off
_DEADLOCKED = ("40P01", "40001")
_NOT_ALLOWED = "42501"


@dataclass(frozen=True, slots=True)
class Row:
    """A row to be filled: its key, what its status says, the stamp of its text, the text."""

    key: tuple[str, ...]
    status: str | None
    stamp: str
    text: str

    @classmethod
    def of(cls, row: Sequence[str]) -> Row:
        """Return a row as the server gives it."""
        *key, status, stamp, text = row
        return cls(tuple(key), status, stamp, text)


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a batch: `rows` were written, some `refused`; `left` had been changed, filled or deleted meanwhile.

    `rebuilt` is false where it was due, and not done, to build the column's lists again.
    """

    rows: int
    refused: tuple[Refusal, ...]
    left: int
    rebuilt: bool


Made = Sequence[tuple[Row, Vector | None]]


@dataclass(frozen=True, slots=True)
class Writing:
    """The writing of one column; `rebuild` says that its lists are built again with the last batch."""

    session: Session
    column: Fillable
    consent: Consent
    rebuild: bool

    @contextlib.asynccontextmanager
    async def generating(self, rows: Sequence[Row]) -> AsyncIterator[list[Row]]:
        """Have the rows say that their vectors are being made; give those that did not say so, nor completed."""
        status = self.column.status
        marked = [row for row in rows if row.status not in (status.completed, status.generating)]
        if status.column is None or status.generating is None or not marked:
            yield []
            return
        await self._mark(marked, status.generating, but=status.completed)
        try:
            yield marked
        except BaseException:
            if status.pending is not None:
                with contextlib.suppress(ConsoleError):  # what stopped it is what has to be said
                    await self._mark(marked, status.pending, but=status.failed)
            raise

    async def put(self, made: Made, marked: Sequence[Row], *, last: bool, chances: int | None) -> Written:
        """Write vectors, and what became of the rows without one; with the `last` do what is due at the end.

        `chances` are as for `one_by_one`. Raises StatementFailed and its kin.
        """
        pairs = [_Pair(row, vector) for row, vector in made if vector is not None]
        none = [row for row, vector in made if vector is None]
        try:
            rows, able = await _patiently(partial(self._whole, pairs, none, marked, last=last))
            return Written(rows, (), len(pairs) - rows, not last or (self.rebuild and able))
        except StatementFailed as failure:
            if not of_a_row(failure, secured=self.column.secured):
                raise
        return await self._in_parts(pairs, none, marked, last=last, chances=chances)

    async def _in_parts(
        self, pairs: Sequence[_Pair], none: Sequence[Row], marked: Sequence[Row], *, last: bool, chances: int | None
    ) -> Written:
        """Write what can be written, each part in a transaction of its own; then all else."""
        rows, refused = await one_by_one(pairs, self._part, secured=self.column.secured, chances=chances)
        status = self.column.status
        if status.column is not None and status.failed is not None:
            await self._mark([*none, *(pair.row for pair, _ in refused)], status.failed)
        if status.column is not None and status.pending is not None and marked:
            await self._mark(marked, status.pending, but=status.failed)
        able = not last or await _patiently(self._end)
        left = len(pairs) - rows - len(refused)
        return Written(rows, tuple(refusal for _, refusal in refused), left, not last or (self.rebuild and able))

    async def _whole(
        self, pairs: Sequence[_Pair], none: Sequence[Row], marked: Sequence[Row], *, last: bool
    ) -> tuple[int, bool]:
        status = self.column.status
        count, able = 0, True
        async with self._writer("filling") as writer:
            if pairs:
                count = await self._write(writer, pairs)
            if none and status.failed is not None:
                await self._say(writer, none, status.failed)
            if count < len(pairs) and marked and status.pending is not None:
                # The texts of some were changed meanwhile: their turn comes again.
                await self._say(writer, marked, status.pending, but=status.failed)
            if last:
                able = await self._finish(writer)
        return count, able

    async def _part(self, pairs: Sequence[_Pair]) -> int:
        async def write() -> int:
            async with self._writer("filling") as writer:
                return await self._write(writer, pairs)

        return await _patiently(write)

    async def _end(self) -> bool:
        async with self._writer("filling") as writer:
            return await self._finish(writer)

    async def _write(self, writer: Writer, pairs: Sequence[_Pair]) -> int:
        keys, stamps = [pair.key for pair in pairs], [pair.row.stamp for pair in pairs]
        vectors = [self.column.written(pair.vector) for pair in pairs]
        return (await writer.execute(*self.column.write(keys, stamps, vectors))).count

    async def _finish(self, writer: Writer) -> bool:
        """Do what is due when the column is filled; return whether a role that may only write could do all of it."""
        able = True
        try:
            async with writer.savepoint():
                for statement in self.column.rebuild() if self.rebuild else ():
                    await writer.execute(statement)
        except ConsoleError as error:
            if error.sqlstate != _NOT_ALLOWED:
                raise
            able = False
        await writer.execute(self.column.analyze())
        return able

    async def _mark(self, rows: Sequence[Row], word: str, *, but: str | None = None) -> None:
        """Write a word into the status of rows; one that does not take it keeps what it says."""

        async def mark(some: Sequence[Row]) -> int:
            async with self._writer("marking rows of") as writer:
                await self._say(writer, some, word, but=but)
            return len(some)

        await one_by_one(rows, lambda some: _patiently(partial(mark, some)), secured=self.column.secured)

    async def _say(self, writer: Writer, rows: Sequence[Row], word: str, *, but: str | None = None) -> None:
        await writer.execute(*self.column.mark([row.key for row in rows], word, but=but))

    def _writer(self, doing: str) -> contextlib.AbstractAsyncContextManager[Writer]:
        return self.session.writing(self.consent, doing=f"{doing} {self.column.declared.label}")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A row and its vector."""

    row: Row
    vector: Vector

    @property
    def key(self) -> tuple[str, ...]:
        return self.row.key


async def _patiently(write: Callable[[], Awaitable[T]]) -> T:
    """Write, and write again: what was paid for is not thrown away because somebody holds a row for a moment."""
    for pause in _PAUSES:
        try:
            return await write()
        except StatementFailed as error:
            if not isinstance(error, LockNotAvailable) and error.sqlstate not in _DEADLOCKED:
                raise
        await asyncio.sleep(pause)
    return await write()
