"""Applies a drift to its live first side, in the runs of the script; patient with locks, and clear about what stays."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from console.catalog import compare, reader
from console.catalog.compare import Action, Change
from console.db.guard import Consent
from console.db.session import Session
from console.db.telling import told
from console.drift.drift import Drift
from console.drift.ordering.writing import Statement
from console.drift.scope import narrowed
from console.drift.segments import Segment, segments
from console.errors import CommitUnknown, ConsoleError, Interrupted, MigrationFailed, Refused, StatementFailed
from console.migrations.files.folder import Script
from console.migrations.ledgers.native import Native
from console.migrations.running.events import Event, Finished
from console.migrations.running.lease import Unleased
from console.migrations.running.watch import Watch
from console.migrations.running.work import Patience, Work
from console.migrations.script import Piece, Program
from console.sql import statements
from console.sql.queries import load
from console.sql.title import title
from console.text import plural, sanitize

LABEL = "the changes"
_NAMED = 3


def apply(
    session: Session, found: Drift, consent: Consent, *, patience: Patience | None = None
) -> AsyncGenerator[Event, None]:
    """Run the statements of a drift on the database it begins with, over a session of its own; yield what happens.

    Before the first, the database is read again: where it is not what was compared any more, Refused is raised and
    nothing has run. What goes wrong later is raised with what the state is then: MigrationFailed, ConnectionLost.
    Cancelled, the statement is cancelled on the server and Interrupted is raised.
    """
    return told(lambda tell: _Applying(session, found, consent, patience or Patience(), tell).run())


async def changed_since(session: Session, found: Drift) -> tuple[Change, ...]:
    """Return what of the first side is not any more as it was compared. Raises what reading raises."""
    now = replace(found.a, catalog=await reader.read(session))
    pair = narrowed(now, found.b)
    keys = found.pair.a.objects.keys() | {each.key for each in found.changes if each.action is Action.CREATE}
    there = replace(pair.a, objects={key: made for key, made in pair.a.objects.items() if key in keys}, edges=())
    before = replace(found.pair.a, edges=())
    scope = found.pair.scope
    seen = compare.compare(
        before, there, owners=scope.owners, grants=scope.grants, extension_versions=scope.extension_versions
    )
    other_texts = now.major != found.a.major  # it was compared as a shadow of another version has it
    told = (Action.CREATE, Action.DROP) if other_texts else (Action.CREATE, Action.DROP, Action.ALTER)
    return tuple(each for each in seen if each.action in told)


@dataclass(slots=True)
class _Applying:
    session: Session
    found: Drift
    consent: Consent
    patience: Patience
    tell: Callable[[Event], None]
    lasting: int = 0  # statements that are committed

    async def run(self) -> None:
        began = time.perf_counter()
        try:
            await self._must_be_as_it_was()
            async with Watch(self.session, self.consent, self.patience.end_blockers_after) as watch:
                await self._go_through(watch)
        except asyncio.CancelledError:
            raise Interrupted(
                "Stopped while the changes were being applied; the server was told to stop as well.",
                detail=self._state(),
                hint=_HINT if self.lasting else "",
            ) from None
        self.tell(Finished(time.perf_counter() - began))

    async def _must_be_as_it_was(self) -> None:
        other = await changed_since(self.session, self.found)
        if other:
            named = ", ".join(f"{each.key.kind} {sanitize(str(each.key))}" for each in other[:_NAMED])
            more = f" and {plural(len(other) - _NAMED, 'other')}" if len(other) > _NAMED else ""
            raise Refused(
                "The database has changed since it was compared; nothing was run.",
                detail=f"Not as it was any more: {named}{more}.",
                hint="Compare again.",
            )

    async def _go_through(self, watch: Watch) -> None:
        program = _program(self.found.plan.statements)
        work = Work(self.session, self.consent, Native(), Unleased(), watch, self.patience, self.tell)
        work.keys = (Unleased.KEY,)
        for segment, pieces in _runs(self.found.plan.statements, program.pieces):
            way = self._together if segment.together else self._alone
            try:
                await way(work, program, pieces)
            except ConsoleError as error:
                raise self._told(error, watch) from error

    async def _together(self, work: Work, program: Program, pieces: Sequence[Piece]) -> None:
        async def attempt() -> None:
            async with work.transaction(
                LABEL, doing="committing the changes", lock_timeout=self.patience.lock_timeout
            ) as (writer, pid):
                for text in self.found.plan.preamble:
                    await writer.execute(text)
                await work.send(writer, LABEL, program, pieces, pid)
                await writer.reset()

        await work.patiently(LABEL, attempt)
        self.lasting += len(pieces)

    async def _alone(self, work: Work, program: Program, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            await self._one(work, program, piece)
            self.lasting += 1

    async def _one(self, work: Work, program: Program, piece: Piece) -> None:
        # A CONCURRENTLY that gave up waiting would leave an invalid index; while it waits it stands in nobody's way.
        waits = 0.0 if "concurrently" in piece.text.lower() else self.patience.lock_timeout

        async def attempt() -> None:
            async with self.session.alone(self.consent, lock_timeout=waits) as writer:
                for text in self.found.plan.preamble:
                    await writer.execute(text)
                pid = int((await writer.execute(load("ledger/pid"))).rows[0][0] or 0)
                await work.send(writer, LABEL, program, (piece,), pid)

        await work.patiently(LABEL, attempt)

    def _told(self, error: ConsoleError, watch: Watch) -> ConsoleError:
        """Return what to raise: what went wrong, who was in the way, and what the state is now."""
        kind = MigrationFailed if isinstance(error, StatementFailed) else type(error)
        held = ", ".join(blocker.sentence for blocker in watch.last) if watch.last else ""
        state = "" if isinstance(error, CommitUnknown) else self._state()
        parts = (error.detail, f"The lock is held by {held}." if held else "", state)
        detail = "\n".join(part for part in parts if part)
        hint = error.hint or (_HINT if self.lasting else "")
        return kind(error.title, detail=detail, hint=hint, sqlstate=error.sqlstate)

    def _state(self) -> str:
        total = len(self.found.plan.statements)
        if not self.lasting:
            return "Nothing of the changes remains."
        stay = "is committed and stays" if self.lasting == 1 else "are committed and stay"
        return f"{self.lasting} of {total} statements {stay}; the rest has not run."


_HINT = "Compare again: what is left then is what is missing."


def _program(found: Sequence[Statement]) -> Program:
    """Return the statements as a script, so that each has its place in it."""
    script = Script(Path(LABEL), "".join(f"{each.text};\n" for each in found), None)
    return Program(script, tuple(_pieces(found)), False)


def _pieces(found: Sequence[Statement]) -> Iterator[Piece]:
    start, line = 0, 1
    for number, each in enumerate(found, 1):
        yield Piece(number, each.text, title(statements.one(each.text)), start, start, line, 1)
        start += len(each.text) + 2
        line += each.text.count("\n") + 1


def _runs(found: Sequence[Statement], pieces: Sequence[Piece]) -> Iterator[tuple[Segment, Sequence[Piece]]]:
    at = 0
    for segment in segments(found):
        yield segment, pieces[at : at + len(segment.statements)]
        at += len(segment.statements)
