"""What all screens share: the three lines around a body, and the commands that hold where the focus is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.events import DescendantBlur, DescendantFocus, ScreenResume
from textual.screen import Screen
from textual.widget import Widget

from console.ui import commanding, commands
from console.ui.commanding import Commanding
from console.ui.commands import Command
from console.ui.where import Where
from console.ui.widgets.key_line import KeyLine
from console.ui.widgets.tab_line import Tab, TabLine
from console.ui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from console.db.session import Session
    from console.ui.app import ConsoleApp

_NARROW = 100  # columns below which the right side comes over the left


class ConsoleScreen(Commanding, Screen[None]):
    """A place in the console: a list on the left, the thing chosen on the right.

    Below 100 columns (class `-narrow`) only the side that has the focus is in sight. Enter goes over, escape comes
    back.
    """

    AUTO_FOCUS: ClassVar[str] = ""
    PLACES: ClassVar[tuple[str, ...]] = ()
    """The places of this screen that have commands, its own first; `PLACE` alone when empty."""
    TAB: ClassVar[str] = ""
    """The tab below which it stands, where that is not its own."""
    LEFT: ClassVar[str] = "#left"
    RIGHT: ClassVar[str] = "#right"
    in_detail = False
    """Whether the right side has the focus. No class of the screen: that would style all of its widgets anew."""
    is_wide = False
    """Whether the right side has the whole width."""
    _was_in_sight = False

    def compose(self) -> ComposeResult:
        """Lay the lines around the body."""
        yield TopLine()
        yield TabLine(_tabs(), active=self.TAB or self.PLACE, id="places")
        yield from self.compose_body()
        yield KeyLine()

    def compose_body(self) -> Iterable[Widget]:
        """Give what stands between the lines."""
        return ()

    @property
    def console(self) -> ConsoleApp:
        """The program."""
        return cast("ConsoleApp", self.app)

    @property
    def session(self) -> Session | None:
        """The program's session."""
        return self.console.session

    def on_mount(self) -> None:
        """Follow what the program knows of the session."""
        self.console.shown.append(self)
        self.watch(self.app, "where", self._show_where)
        self.watch(self.app, "aside", self._show_aside)
        self.watch(self.app, "session", self._follow_session)

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Style a screen that comes back; the first time its widgets have been styled as they were made."""
        event.refresh_styles = self._was_in_sight
        self._was_in_sight = True

    def session_changed(self, session: Session | None) -> None:
        """Show another session."""

    def awaits(self) -> str:
        """Nothing can be done before there is a session; screens that read something besides say that as well."""
        opening = self.session is None and self.console.where.state == "opening"
        return "The database is still being opened" if opening else ""

    def where_changed(self, where: Where) -> None:
        """Take note of what is known of the session."""

    def do_refresh(self) -> None:
        """Read again what is shown; without a session, try again to have one."""
        if self.session is None:
            self.console.open(None)
        else:
            self.read_again()

    def read_again(self) -> None:
        """Read what is shown anew."""

    async def stop(self) -> bool | str | None:
        """Cancel what runs here: whether the server has confirmed it, None when nothing runs.

        A sentence where that is not the question: what runs is no server's, or says itself how it ended.
        """
        session = self.session
        return await session.cancel() if session is not None and session.busy else None

    def why_not_leave(self) -> str | None:
        """Return the sentence that says why one should not leave the program now."""
        return None

    def on_resize(self) -> None:
        """Decide whether both sides have room."""
        self._arrange()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Bring the side that has the focus into sight; other keys hold there."""
        right = self.query_one(self.RIGHT)
        self.in_detail = right in event.widget.ancestors_with_self
        self._arrange()
        self.refresh_keys()

    def action_leave(self) -> None:
        """Go back to the left side."""
        self.set_focus(self.query_one(self.AUTO_FOCUS))

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Other keys hold where the focus is now."""
        self.refresh_keys()

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Open another screen by its tab."""
        if message.line.id == "places":
            self.app.switch_mode(message.tab)

    async def on_key_line_chosen(self, message: KeyLine.Chosen) -> None:
        """Run the command that was clicked."""
        await self.run(commands.by_id(message.command_id))

    async def run(self, command: Command) -> None:
        """Run a command where it holds."""
        await commanding.place_of(command, self.focused, self).action_command(command.id)

    def commands_now(self) -> tuple[Command, ...]:
        """Return the commands that hold where the focus is: the nearest place's first, each key for one only."""
        wheres = [place.PLACE for place in commanding.places(self.focused, self)]
        found: dict[str, Command] = {}
        for command in commands.of(*dict.fromkeys([*wheres, self.PLACE])):
            found.setdefault(self.console.keys_of(command), command)
        return tuple(found.values())

    def why_not_now(self, command: Command) -> str | None:
        """Return why a command cannot run now, asked of the place that would run it."""
        return commanding.place_of(command, self.focused, self).why_not(command.id)

    def refresh_keys(self) -> None:
        """Draw the keys again: what can run now may have changed."""
        self.query_one(KeyLine).shown = tuple(
            (command, self.console.keys_of(command), self.why_not_now(command) is not None)
            for command in self.commands_now()
        )

    def widen(self, wide: bool) -> None:
        """Give the right side the whole width, or no more."""
        self.is_wide = wide
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.size.width < _NARROW
        self.set_class(narrow, "-narrow")
        self.query_one(self.LEFT).display = not (self.is_wide or (narrow and self.in_detail))
        self.query_one(self.RIGHT).display = self.is_wide or not narrow or self.in_detail

    def _follow_session(self, session: Session | None) -> None:
        self.session_changed(session)
        self.console.catch_up(self)

    def _show_aside(self, aside: str) -> None:
        self.query_one(TopLine).aside = aside

    def _show_where(self, where: Where) -> None:
        self.query_one(TopLine).where = where
        self.where_changed(where)
        self.refresh_keys()


def _tabs() -> tuple[Tab, ...]:
    return tuple(Tab(command.id.partition(".")[2], command.title, command.keys) for command in commands.screens())
