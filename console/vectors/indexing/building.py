"""Builds an index as it was proposed: tells how far it is, what the server says, and what a failure leaves."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field

from console.db import progress
from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.db.telling import told
from console.db.writer import Writer
from console.errors import ConsoleError, Interrupted, Refused
from console.sql import queries
from console.sql.quoting import dotted
from console.text import sanitize
from console.vectors.indexing.events import Built, Event, Noticed, Progressed, Started
from console.vectors.indexing.proposing import Proposal
from console.vectors.indexing.turns import turn

_ALONE = "SET max_parallel_maintenance_workers = 0 first: then it needs no shared memory, which is scarce here."
_NOT_ALLOWED = "42501"
_EVERY = 0.25  # seconds between two looks at how far it is
_FULL_GRAPH = re.compile(r"hnsw graph no longer fits into maintenance_work_mem after (\d+) tuples")
_LITTLE = "ivfflat index created with little data"

Invalid = tuple[int, str, str, str]


def build(session: Session, proposal: Proposal, consent: Consent) -> AsyncGenerator[Event, None]:
    """Run the statements of a proposal, one after the other, on a connection of its own; yield what happens.

    Whoever ends the iteration, or is cancelled, has the server stop as well. Raises Interrupted then, and otherwise
    what a statement ends with: the detail says what is left behind, the hint how to drop it. Raises Refused where only
    a pooler leads to the server, and where the role may not build it.
    """
    return told(lambda tell: _Building(session, proposal, consent, tell).run())


@dataclass(slots=True)
class _Building:
    session: Session
    proposal: Proposal
    consent: Consent
    tell: Callable[[Event], None]
    began: float = field(default_factory=time.perf_counter)
    before: tuple[Invalid, ...] = ()
    phase: str = ""

    async def run(self) -> None:
        self.before = await self._invalid()
        try:
            for number, statement in enumerate(self.proposal.statements, 1):
                self.tell(Started(statement, number, len(self.proposal.statements)))
                await self._one(statement)
        except asyncio.CancelledError:
            stopped = f"Stopped while {sanitize(self.proposal.name)} was being built; the server was told to stop."
            detail, hint = await self._left()
            raise Interrupted(stopped, detail=detail, hint=hint) from None
        except ConsoleError as error:
            detail, hint = await self._left()
            if error.sqlstate == _NOT_ALLOWED:
                raise Refused(error.title, detail=detail, hint=error.hint, sqlstate=_NOT_ALLOWED) from error
            error.detail = "\n".join(filter(None, (error.detail, detail)))
            alone = _ALONE if "shared memory segment" in f"{error.title} {error.detail}" else ""
            error.hint = " ".join(filter(None, (hint, alone))) or error.hint
            raise
        self.tell(Built(self.proposal.name, time.perf_counter() - self.began, await self._size()))

    async def _one(self, statement: str) -> None:
        # A CONCURRENTLY that gave up waiting would leave an invalid index; waiting, it stands in nobody's way.
        waits = 0.0 if "CONCURRENTLY" in statement else None
        alone = self.session.alone(self.consent, lock_timeout=waits, doing=f"building {sanitize(self.proposal.name)}")
        async with alone as writer:
            for setting in self.proposal.settings:
                await writer.execute(setting)
            if "CONCURRENTLY" in statement:
                await turn(writer, self.proposal.column.table_oid, lambda said: self.tell(Noticed(said)))
            await self._run(writer, statement)

    async def _run(self, writer: Writer, statement: str) -> None:
        pid = int((await writer.execute(queries.load("session/pid"))).rows[0][0] or 0)
        watching = asyncio.create_task(self._watch(writer, pid))
        try:
            await writer.execute(statement)
        finally:
            watching.cancel()
            await asyncio.wait({watching})
            self._notice(writer)

    async def _watch(self, writer: Writer, pid: int) -> None:
        """Tell how far the statement is until nobody wants to know; who cannot see that does without."""
        with contextlib.suppress(ConsoleError):
            while True:
                await asyncio.sleep(_EVERY)
                [found] = await self.session.read(progress.query(pid), doing="looking how far it is")
                self._notice(writer)
                for now in found:
                    phase = now.phase.removeprefix("building index: ")
                    self.tell(Progressed(phase, now.done, now.total, now.unit, time.perf_counter() - self.began))

    def _notice(self, writer: Writer) -> None:
        for _, text in writer.notices:
            self.tell(Noticed(said(text)))
        writer.notices.clear()

    async def _invalid(self) -> tuple[Invalid, ...]:
        asked = Query(queries.load("vectors/invalid"), {"table": self.proposal.column.table_oid})
        [found] = await self.session.read(asked, doing="looking for indexes that are not valid")
        return tuple(found)

    async def _size(self) -> int:
        asked = {"schema": self.proposal.schema, "name": self.proposal.name}
        [found] = await self.session.read(Query(queries.load("vectors/built"), asked), doing="looking at the index")
        return int(found[0][0]) if found else 0

    async def _left(self) -> tuple[str, str]:
        """Say what an end before the end has left, and how to drop it."""
        try:
            left = [each for each in await self._invalid() if each not in self.before]
        except ConsoleError:
            return "Whether an index that is not valid is left behind could not be read.", ""
        return left_behind(left)


def left_behind(left: Sequence[Invalid]) -> tuple[str, str]:
    """Return what is left, and the statements that drop it.

    >>> left_behind([])
    ('Nothing is left of it.', '')
    >>> left_behind([(1, "public", "a_e", "i")])[1]
    'DROP INDEX CONCURRENTLY public.a_e;'
    """
    if not left:
        return "Nothing is left of it.", ""
    names = ", ".join(sanitize(dotted(schema, name)) for _, schema, name, _ in left)
    plural = len(left) > 1
    detail = (
        f"Left behind: {names}, which {'are' if plural else 'is'} not valid: "
        f"no search uses {'them' if plural else 'it'}, and every write pays for {'them' if plural else 'it'}."
    )
    drops = [
        f"DROP INDEX {'' if kind == 'I' else 'CONCURRENTLY '}{dotted(schema, name)};" for _, schema, name, kind in left
    ]
    return detail, sanitize(" ".join(drops))


def said(notice: str) -> str:
    """Return what a notice of the server means.

    >>> said("hnsw graph no longer fits into maintenance_work_mem after 1403 tuples")
    'After 1,403 rows the graph did not fit into maintenance_work_mem any more: the rest takes many times longer.'
    """
    if full := _FULL_GRAPH.search(notice):
        return f"After {int(full[1]):,} rows {_FULL}"
    return _FEW if _LITTLE in notice else f"The server says: {sanitize(notice)}"


_FULL = "the graph did not fit into maintenance_work_mem any more: the rest takes many times longer."
_FEW = "It was built on few rows: its lists say little, and searches miss many of the nearest until it is rebuilt."
