"""Fills vector columns from the texts beside them, batch by batch; what is written stays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, replace

from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError, Interrupted
from console.text import plural, sanitize
from console.vectors.embedders.embedder import Embedder, written
from console.vectors.embedders.fitting import Fitted, fitted
from console.vectors.filling import texts
from console.vectors.filling.agreeing import agree, must_agree
from console.vectors.filling.declared import Declared
from console.vectors.filling.fillable import Fillable
from console.vectors.filling.looking import look_up
from console.vectors.filling.refusing import ENOUGH, Refusal
from console.vectors.filling.texts import Embedded
from console.vectors.filling.writing import Row, Writing, Written

__all__ = ["BATCH", "Filled", "fill", "written"]

BATCH = 500
_NAMED = 10  # rows that were refused
_NO_TEXT = "The last text that became no embedding: "
_NOT_REBUILT = (
    "The lists of {} were made from other rows, so a search misses some: REINDEX INDEX CONCURRENTLY makes them anew."
)
_NOTICED = 5  # an index built from less than four fifths of the rows knows too little of the others
_AT_AN_ENDPOINT = 128  # so that one sees how it goes on, and little is paid for twice when it is stopped


@dataclass(frozen=True, slots=True)
class Filled:
    """How many rows of a column this run has filled so far; `finished` when there are no more.

    `of` is how many were expected, -1 where nobody has counted. `failed` are rows whose text became no vector, for the
    last one since `no_text`, and the `refused_rows` that the database did not take, of which `refused` are the first.
    `left` are rows that were not there any more, or not as they had been read. `noticed` are sentences: what the column
    seems to hold, what was left undone.
    """

    column: Declared
    rows: int
    finished: bool
    of: int = -1
    failed: int = 0
    refused_rows: int = 0
    refused: tuple[Refusal, ...] = ()
    left: int = 0
    no_text: str = ""
    noticed: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """All that is to be said, in sentences, harmless for a terminal."""
        return tuple(self._remarks())

    @property
    def remark(self) -> str:
        """The last remark."""
        return self.remarks[-1] if self.remarks else ""

    def _remarks(self) -> Iterator[str]:
        yield from self.noticed
        if self.no_text:
            yield sanitize(f"{_NO_TEXT}{self.no_text}")
        if self.left:
            yield (
                f"{plural(self.left, 'row')} stayed as {'it was' if self.left == 1 else 'they were'}: changed, filled "
                "or deleted meanwhile, or kept so by a trigger or a policy."
            )
        if self.refused_rows:
            yield f"The database refused {plural(self.refused_rows, 'row')}, which stay without an embedding."
        for refusal in self.refused:
            yield refusal.said
        if self.refused_rows > len(self.refused):
            yield f"… and {self.refused_rows - len(self.refused):,} more."


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
        writing = Writing(session, column, consent, again)
        work = _Filling(session, column, fit, writing, batch or (BATCH if fit.here else _AT_AN_ENDPOINT))
        so_far = begun = Filled(column.declared, 0, finished=False, of=of)
        try:
            if not mix:
                begun = replace(begun, noticed=await _agreed(session, column, fit))
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
    writing: Writing
    size: int

    async def batches(self, so_far: Filled) -> AsyncGenerator[Filled, None]:
        """Yield how far it is after each batch."""
        seen: tuple[str, ...] | None = None
        while not so_far.finished:
            rows, last = await self._read(seen)
            if rows:
                seen = rows[-1].key
                async with self.writing.generating(rows) as marked:
                    found = await texts.embed(self.embedder, [row.text for row in rows])
                    made = list(zip(rows, found.vectors, strict=True))
                    written = await self.writing.put(made, marked, last=last, chances=_chances(so_far))
                so_far = self._after(so_far, written, found)
            so_far = replace(so_far, finished=last)
            yield so_far

    async def _read(self, seen: Sequence[str] | None) -> tuple[list[Row], bool]:
        """Return the next rows, and whether they are the last."""
        asked = self.column.missing(self.size + 1, seen)
        [found] = await self.session.read(asked, doing=f"reading texts for {self.column.declared.label}")
        return [Row.of(row) for row in found[: self.size]], len(found) <= self.size

    def _after(self, so_far: Filled, written: Written, found: Embedded) -> Filled:
        """Return how far it is after a batch, and what is to be said."""
        refused = so_far.refused_rows + len(written.refused)
        after = replace(
            so_far,
            rows=so_far.rows + written.rows,
            failed=so_far.failed + sum(vector is None for vector in found.vectors) + len(written.refused),
            refused_rows=refused,
            refused=(*so_far.refused, *written.refused)[:_NAMED],
            left=so_far.left + written.left,
            no_text=found.remark or so_far.no_text,
        )
        if written.rebuilt or not self.column.lists or after.rows * _NOTICED <= self.column.tuples:
            return after
        names = ", ".join(sanitize(".".join(index)) for index in self.column.lists)
        return replace(after, noticed=(*after.noticed, _NOT_REBUILT.format(names)))


async def _agreed(session: Session, column: Fillable, embedder: Fitted) -> tuple[str, ...]:
    """Return what is to be said of the vectors that are there. Raises Refused where another embedder has made them."""
    found = await agree(session, column.declared, embedder)
    must_agree(found)
    return (found.sentence,) if found.sentence else ()


def _chances(so_far: Filled) -> int | None:
    """Return how many rows more may be refused before it is taken that all will be; None once one was taken."""
    return None if so_far.rows else ENOUGH - so_far.refused_rows


def _stays(rows: int) -> str:
    if not rows:
        return "Nothing was written."
    return f"{plural(rows, 'embedding')} {'is' if rows == 1 else 'are'} written and {'stays' if rows == 1 else 'stay'}."
