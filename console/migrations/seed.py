"""Loads a folder's sample data (`data.sql`, or what its tool calls it), in one transaction; never on production."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from console.config.profile import Guard
from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.errors import ConsoleError, Interrupted, Refused, UsageError
from console.migrations import explain
from console.migrations.files import reading
from console.migrations.files.folder import Folder, Script
from console.migrations.running.events import Event, Failed, Finished, StatementFinished, StatementStarted
from console.migrations.script import Piece, parse
from console.sql.queries import load
from console.text import sanitize

_NOTHING_REMAINS = "Nothing of it remains."
_CALLED = {"supabase": "It would be supabase/seed.sql, or data.sql beside the migrations."}


async def run(session: Session, folder: Folder, consent: Consent, *, scale: int = 1) -> AsyncIterator[Event]:
    """Run the seed, statement by statement; yield what happens.

    Data that can be of any size finds `scale` in the setting `dbconsole.scale`. Raises UsageError when the folder has
    none, Refused for a production target or a file that cannot run in one transaction, MigrationFailed when a statement
    fails: then nothing of it remains.
    """
    script = prepare(session, folder)
    program, label, began = parse(script), sanitize(script.path.name), time.perf_counter()
    total = len(program.pieces)
    piece: Piece | None = None
    try:
        async with session.writing(consent, doing=f"loading {label}") as writer:
            await writer.together(Query(load("seed/scale"), {"scale": str(scale)}))
            for piece in program.pieces:
                yield StatementStarted(label, piece.number, total, piece.title, piece.line)
                sent = time.perf_counter()
                doing = f"running statement {piece.number} of {total} of {label}"
                executed = await writer.execute(piece.text, doing=doing, whole=script.text, start=piece.start)
                seconds = time.perf_counter() - sent
                yield StatementFinished(label, piece.number, total, piece.title, seconds, executed.tag)
            if program.sets:
                await writer.reset()
    except asyncio.CancelledError:
        raise Interrupted(f"Stopped while {label} was being loaded.", detail=_NOTHING_REMAINS) from None
    except ConsoleError as error:
        failure = explain.failure(error, program, piece, _NOTHING_REMAINS, ())
        yield Failed(label, None, label, failure, time.perf_counter() - began)
        raise failure from error
    yield Finished(time.perf_counter() - began)


def prepare(session: Session, folder: Folder) -> Script:
    """Return the seed's text. Raises UsageError when there is none, and Refused on production."""
    if session.target.guard is Guard.PRODUCTION:
        raise Refused(
            f"{sanitize(session.target.name)} is production: sample data is never loaded there. Nothing was done."
        )
    if folder.seed is None:
        raise UsageError(
            f"There is no sample data in {sanitize(str(folder.path))}.",
            hint=_CALLED.get(folder.format, "It would be called data.sql."),
        )
    return Script(folder.seed, reading.text(folder.seed), format=folder.format)
