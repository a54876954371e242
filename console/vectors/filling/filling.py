"""Fills vector columns from the texts beside them, batch by batch; what is written stays."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from console.db.guard import Consent
from console.db.session import Session
from console.db.writer import Writer
from console.errors import ConsoleError, Interrupted, LockNotAvailable, StatementFailed
from console.text import plural, sanitize
from console.vectors.embedders.embedder import Embedder, written
from console.vectors.embedders.fitting import Fitted, fitted
from console.vectors.filling import texts
from console.vectors.filling.agreeing import agree, must_agree
from console.vectors.filling.declared import Declared
from console.vectors.filling.fillable import Fillable
from console.vectors.filling.looking import look_up
from console.vectors.filling.texts import Embedded

__all__ = ["BATCH", "Filled", "fill", "written"]

T = TypeVar("T")

BATCH = 500
_PAUSES = (0.2, 1.0, 3.0)  # seconds before a batch is written again that somebody's locks kept off
_DEADLOCKED = ("40P01", "40001")
_NOT_ALLOWED = "42501"
_REFUSED = "The last text that became no embedding: "
_NOT_REBUILT = (
    "The lists of {} were made from other rows, so a search misses some: REINDEX INDEX CONCURRENTLY makes them anew."
)
_NOTICED = 5  # an index built from less than four fifths of the rows knows too little of the others
_AT_AN_ENDPOINT = 128  # so that one sees how it goes on, and little is paid for twice when it is stopped


@dataclass(frozen=True, slots=True)
class Filled:
    """How many rows of a column this run has filled so far; `finished` when there are no more.

    `of` is how many were expected, -1 where nobody has counted. `failed` are rows whose text became no vector.
    `remarks` are sentences: what the column seems to hold, why a text became none, what was left undone.
    """

    column: Declared
    rows: int
    finished: bool
    of: int = -1
    failed: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """The last remark."""
        return self.remarks[-1] if self.remarks else ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to be filled: its key, what its status says, the stamp of its text, the text."""

    key: tuple[str, ...]
    status: str | None
    stamp: str
    text: str

    @classmethod
    def of(cls, row: Sequence[str]) -> _Row:
        *key, status, stamp, text = row
        return cls(tuple(key), status, stamp, text)


async def fill(
    session: Session,
    declared: Sequence[Declared],
    embedder: Embedder,
    consent: Consent,
    *,
    batch: int | None = None,
    of: int = -1,
    rebuild: bool | None = None,
    mix: bool = True,
) -> AsyncGenerator[Filled, None]:
    """Fill what is missing in the declared columns; yield after each batch, and once when a column is finished.

    Each batch is a transaction of its own. That of the last one also gathers statistics and builds the column's ivfflat
    indexes again, which were built when there was nothing to compute their lists from: with `rebuild`, and where nobody
    says so while the table is small. Unless they may `mix`, the vectors that are there have to be the same embedder's.
    Where the table says how far a row is, it says so all the while. Columns that do not exist are passed over. Raises
    UsageError for what cannot be filled, Refused, EmbedderFailed, StatementFailed and its kin, ConnectionFailed,
    Interrupted: what was written before stays.
    """
    for column in await look_up(session, declared):
        fit = fitted(embedder, column.declared.label, column.dimensions)
        again = column.small if rebuild is None else rebuild
        work = _Filling(session, column, fit, consent, batch or (BATCH if fit.here else _AT_AN_ENDPOINT), again)
        so_far = begun = Filled(column.declared, 0, finished=False, of=of)
        try:
            if not mix:
                begun = replace(begun, remarks=await _agreed(session, column, fit))
            async for so_far in work.batches(begun):
                yield so_far
        except asyncio.CancelledError:
            stopped = f"Stopped while {column.declared.label} was being filled."
            raise Interrupted(stopped, detail=_stays(so_far.rows), hint=_AGAIN) from None
        except ConsoleError as error:
            error.detail = "\n".join(part for part in (error.detail, _stays(so_far.rows)) if part)
            error.hint = error.hint or _AGAIN
            raise


Keys = list[tuple[str, ...]]

_AGAIN = "Doing it again goes on where it stopped."


@dataclass(frozen=True, slots=True)
class _Filling:
    """The filling of one column."""

    session: Session
    column: Fillable
    embedder: Fitted
    consent: Consent
    size: int
    rebuild: bool

    async def batches(self, so_far: Filled) -> AsyncGenerator[Filled, None]:
        """Yield how far it is after each batch."""
        seen: tuple[str, ...] | None = None
        while not so_far.finished:
            rows, last = await self._read(seen)
            if rows:
                seen = rows[-1].key
                async with self._generating(rows) as marked:
                    found = await texts.embed(self.embedder, [row.text for row in rows])
                    count, able = await _patiently(partial(self._write, rows, marked, found, last=last))
                so_far = self._after(so_far, count, found, rebuilt=not last or (self.rebuild and able))
            so_far = replace(so_far, finished=last)
            yield so_far

    async def _read(self, seen: Sequence[str] | None) -> tuple[list[_Row], bool]:
        """Return the next rows, and whether they are the last."""
        asked = self.column.missing(self.size + 1, seen)
        [found] = await self.session.read(asked, doing=f"reading texts for {self.column.declared.label}")
        return [_Row.of(row) for row in found[: self.size]], len(found) <= self.size

    @contextlib.asynccontextmanager
    async def _generating(self, rows: Sequence[_Row]) -> AsyncIterator[Keys]:
        """Have the rows say that their vectors are being made; give those that did not say so, nor completed."""
        status = self.column.status
        marked = [row.key for row in rows if row.status not in (status.completed, status.generating)]
        if status.column is None or status.generating is None or not marked:
            yield []
            return
        await _patiently(partial(self._mark, marked, status.generating, but=status.completed))
        try:
            yield marked
        except BaseException:
            if status.pending is not None:
                with contextlib.suppress(ConsoleError):  # what stopped it is what has to be said
                    await self._mark(marked, status.pending, but=status.failed)
            raise

    async def _write(self, rows: Sequence[_Row], marked: Keys, found: Embedded, *, last: bool) -> tuple[int, bool]:
        status = self.column.status
        pairs = [(row, vector) for row, vector in zip(rows, found.vectors, strict=True) if vector is not None]
        failed = [row.key for row, vector in zip(rows, found.vectors, strict=True) if vector is None]
        count, able = 0, True
        async with self.session.writing(self.consent, doing=f"filling {self.column.declared.label}") as writer:
            if pairs:
                keys, stamps = [row.key for row, _ in pairs], [row.stamp for row, _ in pairs]
                vectors = [written(vector) for _, vector in pairs]
                count = (await writer.execute(*self.column.write(keys, stamps, vectors))).count
            if failed and status.failed is not None:
                await writer.execute(*self.column.mark(failed, status.failed))
            if count < len(pairs) and marked and status.pending is not None:
                # The texts of some were changed meanwhile: their turn comes again.
                await writer.execute(*self.column.mark(marked, status.pending, but=status.failed))
            if last:
                able = await self._finish(writer)
        return count, able

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

    def _after(self, so_far: Filled, rows: int, found: Embedded, *, rebuilt: bool) -> Filled:
        """Return how far it is after a batch, and what is to be said."""
        rows, failed = so_far.rows + rows, so_far.failed + sum(vector is None for vector in found.vectors)
        remarks = [each for each in so_far.remarks if not (found.remark and each.startswith(_REFUSED))]
        if found.remark:
            remarks.append(f"{_REFUSED}{found.remark}")
        if not rebuilt and self.column.lists and rows * _NOTICED > self.column.tuples:
            names = ", ".join(sanitize(".".join(index)) for index in self.column.lists)
            remarks.append(_NOT_REBUILT.format(names))
        return replace(so_far, rows=rows, failed=failed, remarks=tuple(remarks))

    async def _mark(self, keys: Keys, word: str, *, but: str | None) -> None:
        async with self.session.writing(self.consent, doing=f"marking rows of {self.column.declared.label}") as writer:
            await writer.execute(*self.column.mark(keys, word, but=but))


async def _agreed(session: Session, column: Fillable, embedder: Fitted) -> tuple[str, ...]:
    """Return what is to be said of the vectors that are there. Raises Refused where another embedder has made them."""
    found = await agree(session, column.declared, embedder)
    must_agree(found)
    return (found.sentence,) if found.sentence else ()


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


def _stays(rows: int) -> str:
    if not rows:
        return "Nothing was written."
    return f"{plural(rows, 'embedding')} {'is' if rows == 1 else 'are'} written and {'stays' if rows == 1 else 'stay'}."
