"""The session behind all screens: opened, exchanged for another, and what is known of it on the top line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.app import App
from textual.driver import Driver
from textual.reactive import reactive

from console.errors import ConsoleError
from console.ui import where
from console.ui.doors import Doors
from console.ui.where import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.db.session import Session
    from console.ui.doors import Choice


class SessionApp(App[int]):
    """A program with one session at a time, which screens follow as `session`."""

    # Screens follow these and draw what changes; the program itself would paint the whole screen again.
    where: reactive[Where] = reactive(Where(), repaint=False)
    aside: reactive[str] = reactive("", repaint=False)
    session: reactive[Session | None] = reactive(None, repaint=False)

    def __init__(self, doors: Doors, *, driver_class: type[Driver] | None = None) -> None:
        """Open nothing yet."""
        super().__init__(driver_class=driver_class)
        self._doors = doors
        self.drifts: dict[str, int] = {}  # changes by the name of a target, as far as they were counted
        self.set_reactive(SessionApp.where, where.opening(doors.first))

    def begin(self) -> None:
        """Open the first session, once there is something to see."""
        self._doors.follow(self._say_aside, self._say_lost)
        self.call_after_refresh(self.open, None)

    @work(exclusive=True, group="session", description="Opening the session.")
    async def open(self, word: str | None) -> None:
        """Open a session on what a word means, then let the one before go."""
        try:
            target = await self._doors.target(word)
            self.where = where.opening(target)
            session = await self._doors.open(target, self._say_waiting)
        except ConsoleError as error:
            self._opening_failed(error)
            return
        before, self.session = self.session, session
        session.lost = self._say_lost
        session.answering = partial(self._say_answering, session)
        if before is not None:
            await before.close()

    def now_open(self) -> None:
        """Say what the server has told of itself; screens call this after their first read."""
        session = self.session
        if session is not None and session.server is not None:
            provider = session.place.words
            opened = where.opened(session.target, session.server, session.latency, provider=provider)
            self.where = where.drifted(opened, self.drifts.get(session.target.name))

    async def open_beside(self, word: str, *, what: str, direct: bool = False) -> Session:
        """Open a session on what a word means, besides the program's own. Raises what opening raises."""
        return await self._doors.beside(word, self._say_waiting_aside, what=what, direct=direct)

    async def choices(self) -> Sequence[Choice]:
        """Return where one could go."""
        return await self._doors.choices(self.session)

    def know_drift(self, changes: int) -> None:
        """Show on the top line how many changes the session's database is away from its own migrations."""
        if self.session is not None:
            self.drifts[self.session.target.name] = changes
            self.where = where.drifted(self.where, changes)

    @work(exclusive=True, group="since", description="Looking whether anybody has changed the schema.")
    async def look_since(self) -> None:
        """Count what was changed since the last run of migrations, where that can be said cheaply, for the top line."""
        from console.drift import since

        session = self.session
        if session is None or session.target.name in self.drifts:
            return
        try:
            async with await session.sibling("drift") as own:
                found = await since.since(own)
        except ConsoleError:
            return  # nobody has asked: who wants to know compares
        if found.changed is not None and self.session is session:
            self.know_drift(found.changed)

    async def on_unmount(self) -> None:
        """Let go of the session and of what was started for it."""
        if self.session is not None:
            await self.session.close()
        await self._doors.leave()

    def _say_waiting(self, text: str) -> None:
        self.where = where.noting(self.where, text)

    def _say_waiting_aside(self, text: str) -> None:
        self.aside = text

    def _say_aside(self, text: str) -> None:
        self.aside = text

    def _say_lost(self, text: str) -> None:
        self.notify(text, severity="warning", markup=False)

    def _say_answering(self, session: Session, answers: bool) -> None:
        if session is self.session:
            self.where = where.answering(self.where, answers)

    def _opening_failed(self, error: ConsoleError) -> None:
        if self.session is None:
            self.where = where.failed(self.where)
        else:
            self.now_open()  # what is open stays so
        from console.ui.screens.trouble import Trouble

        self.push_screen(Trouble(error), self._after_trouble)

    def _after_trouble(self, again: bool | None) -> None:
        if again:
            self.open(None)
        else:
            self.now_open()
