"""The program: themes, keys, which screen opens first, and what holds on all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ScreenError
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.driver import Driver
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import MountError

from console.ui import commands, crash
from console.ui.commands import Command
from console.ui.doors import Doors
from console.ui.palette import CommandSource
from console.ui.postponing import Postponing
from console.ui.screens import place
from console.ui.session_app import SessionApp
from console.ui.stylesheet import ParsedOnce
from console.ui.theme import DARK, THEMES, own_variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from console.ui.screens.base import ConsoleScreen

_CANCELLED = "Cancelled; the server has confirmed it."
_NOT_CONFIRMED = "Not confirmed: the server may go on."
_NOT_THERE = (MountError, NoMatches, NoScreen, ScreenError)  # what is asked of a widget or a screen that is gone


class ConsoleApp(Postponing, SessionApp):
    """The console on one target at a time.

    What a person does lives in the screens; the program knows keys, themes, and what holds everywhere.
    """

    TITLE = "dbconsole"
    BINDINGS: ClassVar[list[BindingType]] = list(commands.bindings(commands.EVERYWHERE))
    COMMANDS: ClassVar[set[Callable[[], type[CommandSource]]]] = {lambda: CommandSource}  # type: ignore[assignment]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = dict(place.OPENERS)
    DEFAULT_MODE = "schema"
    ENABLE_COMMAND_PALETTE = True
    CSS = """
    SearchIcon { display: none; }
    Input > .input--placeholder, Input > .input--suggestion { color: $secondary; }
    """
    ANIMATION = "none"

    def __init__(
        self,
        doors: Doors,
        *,
        keys: Mapping[str, str] | None = None,
        theme: str | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        """Make the program; `keys` are the user's own keys by command id, `theme` the name of a theme."""
        self._variables: tuple[Theme, dict[str, str]] | None = None
        super().__init__(doors, driver_class=driver_class)
        self._keys = dict(keys or {})
        self.shown: list[ConsoleScreen] = []  # the places that have been opened
        self.animation_level = "none"
        # Before anything is styled: a theme that is set later styles and paints the whole screen again.
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme if theme in self.available_themes else DARK.name
        self.stylesheet = ParsedOnce(variables=self.get_css_variables())

    def on_mount(self) -> None:
        """Open the session while the first screen is already there."""
        self.set_keymap(self._keys)
        # After ctrl+z and fg the terminal shows what the shell left there: everything is drawn anew.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.begin()
        self.call_after_refresh(self.give_out_keys)

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours and sizes of the theme by their names, worked out once for each theme."""
        theme = self.current_theme
        if self._variables is None or self._variables[0] is not theme:
            self._variables = theme, super().get_css_variables()
        return dict(self._variables[1])

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give themes of others the colours that ours have besides."""
        return own_variables(self.current_theme)

    def keys_of(self, command: Command) -> str:
        """Return the keys of a command, the user's own where there are some."""
        return self._keys.get(command.id, command.keys)

    def do_screen_schema(self) -> None:
        """Show the schema."""
        self.switch_mode("schema")

    def do_screen_drift(self) -> None:
        """Show what differs between two schemas."""
        self.switch_mode("drift")

    def do_screen_migrations(self) -> None:
        """Show the migrations."""
        self.switch_mode("migrations")

    def do_screen_dashboards(self) -> None:
        """Show the dashboards."""
        self.switch_mode("dashboards")

    def do_screen_vectors(self) -> None:
        """Show the columns of vectors."""
        self.switch_mode("vectors")

    def do_palette(self) -> None:
        """Open the palette."""
        self.action_command_palette()

    def do_theme(self) -> None:
        """Choose a theme."""
        self.action_change_theme()

    def do_help(self) -> None:
        """Show what the keys of this screen do: first those that hold where the focus is."""
        from console.ui.screens.help import HelpScreen

        declared = getattr(self.screen, "PLACES", ())
        focused = self.focused.ancestors_with_self if self.focused is not None else ()
        near = [place for place in (getattr(widget, "PLACE", "") for widget in focused) if place in declared]
        self.push_screen(HelpScreen(commands.of(*dict.fromkeys([*near, *declared])), self.keys_of))

    @work
    async def do_switch(self) -> None:
        """Ask where to go, and go there."""
        from console.ui.screens.switcher import Switcher

        word = await self.push_screen_wait(Switcher(self.choices))
        if word is not None:
            self.open(word)

    async def do_cancel(self) -> None:
        """Cancel what runs on the server, and say so only when the server does; with nothing running, leave."""
        for screen in self._at_work():
            stopped = await screen.stop()
            if stopped is not None:
                said = stopped if isinstance(stopped, str) else _CANCELLED if stopped else _NOT_CONFIRMED
                self.notify(said, markup=False)
                return
        self.exit(0)

    def do_suspend(self) -> None:
        """Go to the shell; its fg comes back."""
        self.action_suspend_process()

    def do_quit(self) -> None:
        """Leave, unless something is half-way that one would not want to leave so."""
        reason = next((said for screen in self.shown if (said := screen.why_not_leave())), None)
        if reason is None:
            self.exit(0)
        else:
            self.notify(reason, severity="warning", markup=False)

    async def action_command(self, command_id: str) -> None:
        """Run a command that holds everywhere, also while a question stands over the screen."""
        await getattr(self.screen, "action_command", self._run_here)(command_id)

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave. What is being read ends first: it would find the widgets gone that it reads for."""
        self.workers.cancel_all()
        super().exit(result, return_code, message)

    def _handle_exception(self, error: Exception) -> None:
        """Leave with a sentence instead of Textual's traceback, whose local variables may hold a password."""
        if self._exit and isinstance(error, _NOT_THERE):
            return  # whoever leaves while the screens are being made takes them away from those who make them
        if self.is_headless:
            super()._handle_exception(error)
            return
        self._return_code = 1
        self.exit(1, 1, crash.remember(error))

    def _at_work(self) -> Iterator[ConsoleScreen]:
        """Yield the screens whose work may be cancelled: the one in sight first."""
        in_sight = [screen for screen in self.shown if screen in self.screen_stack]
        yield from in_sight
        yield from (screen for screen in self.shown if screen not in in_sight)

    async def _run_here(self, command_id: str) -> None:
        if command_id == "cancel":
            await self.do_cancel()
        elif command_id in ("quit", "suspend"):
            getattr(self, f"do_{command_id}")()
