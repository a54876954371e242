"""What all screens share: the three lines around a body, and the commands that hold where the focus is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.events import DescendantBlur, DescendantFocus
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

    Below 100 columns the right side covers the left, with enter, and goes with escape: classes `-narrow`, `-detail`.
    """

    AUTO_FOCUS: ClassVar[str | None] = None

    def compose(self) -> ComposeResult:
        """Lay the lines around the body."""
        yield TopLine()
        yield TabLine(_tabs(), active=self.PLACE, id="places")
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
        self.watch(self.app, "where", self._show_where)
        self.watch(self.app, "session", self.session_changed)

    def session_changed(self, session: Session | None) -> None:
        """Show another session."""

    def on_resize(self) -> None:
        """Decide whether both sides have room."""
        self.set_class(self.size.width < _NARROW, "-narrow")

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Other keys hold where the focus is now."""
        self.refresh_keys()

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
        """Return the commands that hold where the focus is: the nearest place's first."""
        wheres = [place.PLACE for place in commanding.places(self.focused, self)]
        return commands.of(*dict.fromkeys([*wheres, self.PLACE]))

    def refresh_keys(self) -> None:
        """Draw the keys again: what can run now may have changed."""
        shown = [(command, self.console.keys_of(command), self._off(command)) for command in self.commands_now()]
        self.query_one(KeyLine).shown = tuple(shown)

    def _off(self, command: Command) -> bool:
        return commanding.place_of(command, self.focused, self).why_not(command.id) is not None

    def _show_where(self, where: Where) -> None:
        self.query_one(TopLine).where = where
        self.refresh_keys()


def _tabs() -> tuple[Tab, ...]:
    return tuple(Tab(command.id.partition(".")[2], command.title, command.keys) for command in commands.screens())
