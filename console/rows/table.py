"""A table of any size as a source of rows: read from both ends, kept on disk, nothing held open between two readings.

Two runs of rows are kept: the head, from the first row on, and the tail, from the last row backwards. What lies between
them has not been read, so how many rows that is, is an estimate, and the tail's numbers are counted from the estimated
end: `len` is the estimate as long as the gap is open (more than what was read, in any case), rows in the gap are None,
and `counted` is the length of the head. When both runs meet, all numbers are exact. Numbers of the tail move when the
estimate proves too small and when the runs meet.
"""

from __future__ import annotations

import asyncio
import time

from console.db.admission import admit
from console.db.query import Row
from console.db.session import Session
from console.errors import ConsoleError
from console.rows import relation
from console.rows.blocks import BlockPager
from console.rows.filter import Condition, Filter
from console.rows.keyset import KeysetPager
from console.rows.order import Sort
from console.rows.pace import Pace
from console.rows.paging import End, Page, Pager, View
from console.rows.relation import Paging
from console.rows.result import QueryRows
from console.rows.source import Column
from console.rows.spool import Spool
from console.rows.windows import open_window, plainly
from console.text import plural, sanitize

_GUESS = 100_000  # rows where nothing tells how many there are, until the ends meet


class TableRows:
    """A RowSource over a relation that can be paged."""

    def __init__(self, session: Session, view: View) -> None:
        """Read nothing yet. Raises UsageError and BadSql when the sort or the filter cannot be composed."""
        self.view = view
        self._session = session
        self._pager = pager_of(view)
        self._pace = {end: Pace(view.relation.row_bytes) for end in End}
        self._runs = {end: Spool() for end in End}
        self._met = False
        self._length = 0
        self._broken: ConsoleError | None = None
        self._turn = asyncio.Lock()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns this role may read."""
        return tuple(column.shown for column in self.view.relation.columns)

    @property
    def complete(self) -> bool:
        """Whether both ends have met."""
        return self._met

    @property
    def estimate(self) -> int | None:
        """The rows by the last ANALYZE, or by the blocks read so far; nobody knows how many of them a filter takes."""
        if self._met:
            return len(self)
        return None if self.view.filter is not None else self.view.relation.estimate or self._pager.estimate

    @property
    def counted(self) -> int:
        """The rows of the head, or all when the ends have met."""
        return len(self) if self._met else len(self._runs[End.HEAD])

    @property
    def note(self) -> str:
        """How the rows are read, for the line below them: "by key orders_pkey"."""
        facts = self.view.relation
        how = f"by key {sanitize(facts.key_name)}" if facts.paging is Paging.KEY else "by block, there is no key"
        if self.view.sort is not None:
            how = f"sorted by {sanitize(self.view.sort.column)}"
        if facts.unreadable:
            how += f" · {plural(len(facts.unreadable), 'column')} may not be read"
        return how

    def __len__(self) -> int:
        head, tail = len(self._runs[End.HEAD]), len(self._runs[End.TAIL])
        return self._length if self._gap_shown else head + tail

    @property
    def _gap_shown(self) -> bool:
        return not self._met and len(self._runs[End.TAIL]) > 0

    def row(self, index: int) -> Row | None:
        """Return a row of the head or the tail; None in between."""
        head, tail = self._runs[End.HEAD], self._runs[End.TAIL]
        if 0 <= index < len(head):
            return head.row(index)
        from_end = len(self) - 1 - index
        if 0 <= from_end < len(tail):
            return tail.row(from_end)
        return None

    async def fetch(self, first: int, last: int) -> None:
        """Read on from the nearer end until the rows are at hand, page by page. Raises StatementFailed and its kin."""
        async with self._turn:
            length = self._length
            # Numbers that move while reading mean other rows than those that were asked for.
            while (end := self._nearer(first, last)) is not None and self._length == length:
                await self._read_page(end)

    async def fetch_end(self) -> None:
        """Read the last rows from the table's other end; the head, if nothing was read yet, comes first."""
        async with self._turn:
            if not len(self._runs[End.HEAD]) and not self._met:
                await self._read_page(End.HEAD)
            enough = self._pace[End.TAIL].rows
            while not self._met and len(self._runs[End.TAIL]) < enough:
                await self._read_page(End.TAIL)

    async def close(self) -> None:
        """Give the disk back; the session stays open."""
        for run in self._runs.values():
            run.close()

    def _nearer(self, first: int, last: int) -> End | None:
        """Return the end from which the first gap in the rows wanted is reached sooner; None when there is none."""
        head, tail = len(self._runs[End.HEAD]), len(self._runs[End.TAIL])
        if self._met:
            return None
        if not tail:
            return End.HEAD if last >= head else None
        begin, end = max(first, head), min(last, len(self) - tail - 1)
        if begin > end:
            return None
        return End.HEAD if end - head <= len(self) - tail - begin else End.TAIL

    async def _read_page(self, end: End) -> None:
        if self._broken is not None:
            raise self._broken
        pace = self._pace[end]
        size = pace.rows
        began = time.perf_counter()
        results = await self._session.read(*self._pager.queries(end, size), doing=f"reading rows of {self._name}")
        page = self._pager.accept(end, size, results)
        pace.learn(page.rows, seconds=time.perf_counter() - began)
        self._keep(end, page)

    def _keep(self, end: End, page: Page) -> None:
        try:
            self._runs[end].append(page.rows)
        except ConsoleError as error:
            # The pager has gone on, so what would be read next is not what follows.
            self._broken = error
            raise
        self._met = page.met
        known = sum(len(run) for run in self._runs.values())
        if not len(self._runs[End.TAIL]):
            # Not shown yet. The last blocks are often half empty, so what they tell later is no better.
            self._length = self.view.relation.estimate or self._pager.estimate or _GUESS
        if self._length <= known:
            self._length = 2 * known + 1

    @property
    def _name(self) -> str:
        return sanitize(f"{self.view.relation.schema}.{self.view.relation.name}")


def pager_of(view: View) -> Pager:
    """Return what pages through a view: whole blocks only where there is neither a key nor a sort."""
    if view.relation.paging is Paging.BLOCKS and view.sort is None:
        return BlockPager(view)
    return KeysetPager(view)


async def open(
    session: Session,
    schema: str,
    name: str,
    *,
    sort: Sort | None = None,
    filter: Filter | None = None,
    allow_functions: bool = False,
) -> TableRows | QueryRows:
    """Return the rows of a relation: paged where that can be done, else in a window, which its `note` says.

    One round trip for the facts; a page is one more. The session is used for each reading and free in between. Raises
    UsageError when there is no such relation or column, BadSql when the filter is no condition, StatementFailed and its
    kin; and MayWrite when a view, a policy or a condition would call what may write, unless a person agreed to it
    (`allow_functions`).
    """
    view = View(await relation.read(session, schema, name), sort, filter)
    if isinstance(filter, Condition) or view.relation.paging is Paging.WINDOW or view.relation.row_security:
        await admit(session, plainly(view), allow_functions=allow_functions)
    if view.relation.paging is Paging.WINDOW:
        return await open_window(session, view)
    return TableRows(session, view)
