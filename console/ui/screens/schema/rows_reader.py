"""Reads the rows of a relation as they are wanted, and shows them in a grid, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.coordinate import Coordinate
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from console.errors import ConsoleError, MayWrite
from console.rows.source import Column, Listed, RowSource
from console.text import sanitize
from console.ui.commanding import Commanding, in_words
from console.ui.screens.beside import Beside
from console.ui.screens.choose import Choose
from console.ui.screens.schema.browsing import Browsing, Opened
from console.ui.widgets.boxes import Sort as SortMark
from console.ui.widgets.grid import Grid

if TYPE_CHECKING:
    from console.db.session import Session
    from console.rows.foreign_keys import ForeignKey
    from console.ui.postponing import Postponing

Trail = tuple[Browsing, ...]


class RowsReader(Commanding, Vertical):
    """A grid over the rows of one relation, below a line that says how they are filtered or why there are none.

    It reads on a connection of its own, so that slow rows hold up nothing else.
    """

    DEFAULT_CSS = """
    RowsReader {
        & > Static { height: auto; max-height: 50%; display: none; color: $text-warning; }
        &.-filtered > Static { display: block; }
        &.-failed > Static { display: block; max-height: 100%; color: $text-error; padding: 1 2; }
        &.-failed > Grid { height: 0; }
    }
    """

    session: reactive[Session | None] = reactive(None)

    @dataclass
    class Shown(Message):
        """Rows of a relation are shown, or why there are none."""

        schema: str
        name: str

    def __init__(self, *, id: str | None = None) -> None:
        """Make a pane of no rows."""
        super().__init__(id=id)
        self.beside = Beside("data")
        self._wanted: Browsing | None = None  # what is being read
        self._browsing: Browsing | None = None
        self._source: RowSource = Listed(())
        self._keys: tuple[ForeignKey, ...] = ()
        self._trail: Trail = ()
        self._left: list[RowSource] = []

    def compose(self) -> ComposeResult:
        """The filter's line over the grid."""
        yield Static("", markup=False)
        yield Grid()

    async def on_unmount(self) -> None:
        """Give back the disk that rows lie on, and the connection."""
        self.workers.cancel_group(self, "rows")
        self._left.append(self._source)
        await self._let_go()
        await self.beside.close()

    @property
    def program(self) -> Postponing:
        """The program, in which commands may wait."""
        return cast("Postponing", self.app)

    @property
    def grid(self) -> Grid:
        """The grid."""
        return self.query_one(Grid)

    @property
    def shown(self) -> tuple[str, str] | None:
        """Schema and name of the relation whose rows are shown."""
        return self._browsing.relation if self._browsing is not None else None

    def show(self, schema: str, name: str) -> None:
        """Show the rows of a relation from the beginning."""
        self.browse(Browsing(schema, name))

    def awaits(self) -> str:
        """Say that rows are being read; those of the same relation are there meanwhile."""
        return "" if self._wanted is None or self._wanted.relation == self.shown else "The rows are still being read"

    def why_not(self, command_id: str) -> str | None:
        """What is done with rows is done with those that were asked for, not with the ones before."""
        awaited = self.awaits()
        return f"{awaited}." if awaited else super().why_not(command_id)

    def clear(self) -> None:
        """Show nothing, and forget everything."""
        self.workers.cancel_group(self, "rows")
        self._wanted = None
        self._browsing, self._keys, self._trail = None, (), ()
        self.set_class(False, "-failed", "-filtered")
        self._give(Listed(()))

    def browse(self, wanted: Browsing, trail: Trail = ()) -> None:
        """Show rows as wanted, from which `trail` leads back; what is wrong with a wish leaves the rows as they are."""
        if self.session is not None:
            self._wanted = wanted
            self._read(self.session, wanted, trail)

    @work(exclusive=True, group="rows", description="Reading rows.")
    async def _read(self, session: Session, wanted: Browsing, trail: Trail) -> None:
        try:
            opened = await wanted.open(await self.beside.session(session))
        except MayWrite as error:
            self._wanted = None
            self._ask_leave(wanted, trail, error)
        except ConsoleError as error:
            self._fail(wanted, trail, error)
        else:
            self._take(opened, trail)

    def do_refresh_rows(self) -> None:
        """Read the rows again."""
        if self._browsing is not None:
            self.browse(self._browsing, self._trail)

    @property
    def _columns(self) -> tuple[Column, ...]:
        return self._source.columns

    @work(group="asking")
    async def _ask_leave(self, wanted: Browsing, trail: Trail, error: MayWrite) -> None:
        """A view or condition calls what may write: only a person can agree to that."""
        choices = [("no", "No, leave it"), ("yes", "Show the rows all the same")]
        answer = await self.app.push_screen_wait(Choose("This calls what may write", choices, explain=error.detail))
        if answer == "yes":
            self.browse(wanted.agreed(), trail)
        elif self.shown != wanted.relation:
            self._fail(wanted, trail, error)

    def _take(self, opened: Opened, trail: Trail) -> None:
        """Show rows that have come."""
        wanted, moved = opened.browsing, self.shown != opened.browsing.relation
        self._wanted, self._browsing, self._keys, self._trail = None, wanted, opened.keys, trail
        self.remove_class("-failed")
        self._mark(wanted, opened.source)
        self._give(opened.source)
        self.grid.cursor = Coordinate(0, 0 if moved else self.grid.cursor.column)
        self._there(wanted)

    def _fail(self, wanted: Browsing, trail: Trail, error: ConsoleError) -> None:
        """Say what went wrong: for a moment where rows stay, in their place where there are none."""
        self._wanted = None
        if error.sqlstate == "42501" and self.session is not None and self.session.server is not None:
            error.hint = f"Ask for: {wanted.needed_grant(self.session.server.role)}"
        if self.shown == wanted.relation and len(self._source):
            self.say_error(error)
            return
        self._browsing, self._keys, self._trail = wanted, (), trail
        self._give(Listed(()))
        self.set_class(True, "-failed")
        self.query_one(Static).update(f"{in_words(error)}\n\nr tries again.")
        self._there(wanted)

    def _there(self, wanted: Browsing) -> None:
        """Tell that there is something to see, and do what a key has been waiting for."""
        self.post_message(self.Shown(wanted.schema, wanted.name))
        self.program.catch_up(self)

    def _give(self, source: RowSource) -> None:
        """Hand rows to the grid, and let go of those before."""
        self._left.append(self._source)
        self._source = source
        self.grid.empty = self._browsing.empty if self._browsing is not None and source.columns else ""
        self.grid.source = source
        self._close_left()

    @work(group="closing")
    async def _close_left(self) -> None:
        await self._let_go()

    async def _let_go(self) -> None:
        """Close what is not shown any more."""
        while self._left:
            await self._left.pop().close()

    def _mark(self, wanted: Browsing, source: RowSource) -> None:
        """Say how the rows are filtered and sorted."""
        names = [column.name for column in source.columns]
        by = wanted.sort
        is_known = by is not None and by.column in names
        self.grid.sort = SortMark(names.index(by.column), by.descending) if by is not None and is_known else None
        self.set_class(bool(wanted.condition), "-filtered")
        self.query_one(Static).update(f"where {sanitize(wanted.condition)}")
