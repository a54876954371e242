"""Fills vector columns from the texts beside them, batch by batch; what is written stays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from console.db.guard import Consent
from console.db.session import Session
from console.errors import ConsoleError, Interrupted, UsageError
from console.text import plural
from console.vectors.embedders.embedder import Embedder, Vector, padded
from console.vectors.filling.declared import Declared
from console.vectors.filling.fillable import Fillable, look_up

BATCH = 500


@dataclass(frozen=True, slots=True)
class Filled:
    """How many rows of a column this run has filled so far; `finished` when there are no more."""

    column: Declared
    rows: int
    finished: bool


async def fill(
    session: Session,
    declared: Sequence[Declared],
    embedder: Embedder,
    consent: Consent,
    *,
    batch: int = BATCH,
) -> AsyncIterator[Filled]:
    """Fill what is missing in the declared columns; yield after each batch, and once when a column is finished.

    Each batch is a transaction of its own. That of the last one also builds the column's ivfflat indexes again, which
    were built when there was nothing to compute their lists from, and gathers statistics. Columns that do not exist
    are passed over. Raises UsageError for what cannot be filled, StatementFailed and its kin, ConnectionFailed,
    Interrupted: what was written before stays.
    """
    for column in await look_up(session, declared):
        _must_fit(column, embedder)
        rows = 0
        try:
            async for written, last in _batches(session, column, embedder, consent, batch):
                rows += written
                yield Filled(column.declared, rows, finished=last)
        except asyncio.CancelledError:
            stopped = f"Stopped while {column.declared.label} was being filled."
            raise Interrupted(stopped, detail=_stays(rows), hint=_AGAIN) from None
        except ConsoleError as error:
            error.detail = "\n".join(part for part in (error.detail, _stays(rows)) if part)
            error.hint = error.hint or _AGAIN
            raise


_AGAIN = "Doing it again goes on where it stopped."


async def _batches(
    session: Session, column: Fillable, embedder: Embedder, consent: Consent, size: int
) -> AsyncIterator[tuple[int, bool]]:
    """Yield how many rows of a batch were written, and whether it was the last."""
    seen: Sequence[str] | None = None
    last = False
    while not last:
        [found] = await session.read(column.missing(size + 1, seen), doing=f"reading texts for {column.declared.label}")
        rows, last = found[:size], len(found) <= size
        if rows:
            seen = rows[-1][:-1]
            vectors = await asyncio.to_thread(embedder.embed, [row[-1] for row in rows])
            yield await _write(session, column, rows, vectors, consent, last=last), last
        else:
            yield 0, True


async def _write(
    session: Session,
    column: Fillable,
    rows: Sequence[tuple[str, ...]],
    vectors: Sequence[Vector | None],
    consent: Consent,
    *,
    last: bool,
) -> int:
    pairs = [(row[:-1], vector) for row, vector in zip(rows, vectors, strict=True) if vector is not None]
    texts = [written(padded(vector, column.dimensions or len(vector))) for _, vector in pairs]
    async with session.writing(consent, doing=f"filling {column.declared.label}") as writer:
        count = 0
        if pairs:
            sql, params = column.write([key for key, _ in pairs], texts)
            count = (await writer.execute(sql, params)).count
        for statement in column.rebuild() if last else ():
            await writer.execute(statement)
    return count


def written(vector: Vector) -> str:
    """Return a vector as pgvector reads it, with the digits that its single precision keeps.

    >>> written((0.5, -1 / 3, 0.0))
    '[0.5,-0.33333333,0]'
    """
    return f"[{','.join([format(value, '.8g') if value else '0' for value in vector])}]"


def _must_fit(column: Fillable, embedder: Embedder) -> None:
    if column.dimensions is not None and column.dimensions < embedder.dimensions:
        room, made = column.dimensions, embedder.dimensions
        raise UsageError(
            f"{column.declared.label} takes {room} dimensions, and the embedder makes {made}.",
            hint="Declare the column with more dimensions, or fill it with another embedder.",
        )


def _stays(rows: int) -> str:
    return f"{plural(rows, 'embedding')} {'is' if rows == 1 else 'are'} written and {'stays' if rows == 1 else 'stay'}."
