"""The indexes of a column on the screen: what is proposed, what is amiss, and building one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from textual import work

from console.db.guard import Consent
from console.errors import ConsoleError, UsageError
from console.text import duration, sanitize, size
from console.ui.commanding import in_words
from console.ui.screens.choose import Choose
from console.ui.screens.confirm import Confirm
from console.ui.screens.vectors import lists
from console.ui.screens.vectors.looking import LookingDesk
from console.ui.widgets.papers import section
from console.vectors.column import VectorColumn

if TYPE_CHECKING:
    from console.db.session import Session
    from console.vectors.indexing.events import Event
    from console.vectors.indexing.proposing import Proposal


class IndexingDesk(LookingDesk):
    """A desk on which indexes are proposed and built."""

    proposals: tuple[Proposal, ...] = ()
    rebuilds: tuple[Proposal, ...] = ()

    def look_at_indexes(self) -> None:
        """Read what there is to know of the indexes."""
        self._read_indexes()

    @work(exclusive=True, group="indexes", description="Looking at indexes.")
    async def _read_indexes(self) -> None:
        """Read what there is to know of the indexes, and what is proposed."""
        column = self.column
        if column is None or self.session is None:
            return
        self.detail.show_index("reading …")
        try:
            text = await self._indexes(column)
        except ConsoleError as error:
            text = f"✗ {in_words(error)}"
        if self.column is column:
            self.detail.show_index(text)

    async def _indexes(self, column: VectorColumn) -> str:
        from console.vectors.indexing import lints, proposing
        from console.vectors.indexing.lists import rebuild

        assert self.session is not None
        own = await self.aside.session(self.session)
        found = await lints.lint(own, column)
        ivfflat = [each for each in column.indexes if each.method == "ivfflat" and each.valid]
        self.rebuilds = tuple([await rebuild(own, column, each) for each in ivfflat])
        amiss = lists.lint_lines(found)
        try:
            self.proposals = await proposing.proposals(own, column, metric=self.wanted.metric)
        except UsageError as error:  # nothing can be built on a view
            self.proposals = ()
            amiss.append(f"– {error.title}")
        return _text(column, amiss, self.proposals, self.rebuilds)

    @work(group="asking")
    async def do_build(self) -> None:
        """Ask which index to build, show what would be run, and build it."""
        column, session = self.column, self.session
        assert column is not None
        assert session is not None
        if not self.proposals and not self.rebuilds:
            try:
                await self._indexes(column)
            except ConsoleError as error:
                self.say_error(error)
                return
        wanted = await self._which()
        if wanted is None or self.column is not column:
            return
        lines = [wanted.reason, *wanted.remarks, "", *wanted.sql.splitlines()]
        consent = await self.app.push_screen_wait(Confirm(session.target, f"build {sanitize(wanted.name)}", lines))
        if consent is not None:
            self.under_way = self._build(session, wanted, consent)

    async def _which(self) -> Proposal | None:
        every = [*self.rebuilds, *self.proposals]
        if not every:
            self.say("There is nothing to build.")
            return None
        words = [(str(place), _titled(each)) for place, each in enumerate(every)]
        which = await self.app.push_screen_wait(Choose("Build an index", words))
        return every[int(which)] if which is not None else None

    @work(exclusive=True, group="running", description="Building an index.")
    async def _build(self, session: Session, wanted: Proposal, consent: Consent) -> None:
        """Build, show how far it is, and say what came of it."""
        from console.vectors.indexing.building import build

        panel = self.panel
        panel.begin(f"build {wanted.name}")
        self.post_message(self.Turned())
        try:
            async with (
                await session.sibling("index", direct=True) as own,
                aclosing(build(own, wanted, consent)) as events,
            ):
                async for event in events:
                    self._take_built(event)
        except ConsoleError as error:
            panel.fail(error)
        except asyncio.CancelledError:
            panel.end("stopped", well=False)
            raise
        finally:
            self.proposals = self.rebuilds = ()
            self.post_message(self.Changed())

    def _take_built(self, event: Event) -> None:
        from console.vectors.indexing import events

        panel = self.panel
        match event:
            case events.Started():
                panel.tell(f"{event.number}/{event.of}  {event.sql.splitlines()[0]}")
            case events.Progressed():
                panel.count(event.done, event.total)
                panel.tell(f"{event.phase}  {duration(event.seconds)}")
            case events.Noticed():
                panel.tell(f"! {event.sentence}")
            case events.Built():
                panel.end(f"{event.name} is built: {size(event.size)} in {duration(event.seconds)}", well=True)

    def why_not_build(self) -> str | None:
        """Nothing else may be under way."""
        return self.why_not_work()


def _titled(each: Proposal) -> str:
    """Return a proposal in a few words."""
    again = any("REINDEX" in statement for statement in each.statements)
    return f"{each.name} again, {each.sentence}" if again else each.sentence


def _text(
    column: VectorColumn,
    amiss: Sequence[str],
    proposals: Sequence[Proposal],
    rebuilds: Sequence[Proposal],
) -> str:
    """Return what there is to know of the indexes of a column."""
    parts = [section("Indexes", [line for each in column.indexes for line in lists.index_lines(each)] or ["– none"])]
    parts.append(section("To look at", amiss))
    parts.append("→ u builds one of these" if proposals or rebuilds else "")
    for place, each in enumerate([*rebuilds, *proposals]):
        name = _titled(each)
        lines = [each.reason, *(f"! {remark}" for remark in each.remarks), "", *each.sql.splitlines()]
        parts.append(section(f"{place + 1}. {name}", lines))
    return sanitize("\n\n".join(part for part in parts if part), lines=True)
