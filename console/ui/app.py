"""The program: themes, keys, which screen opens first, and the session behind all screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.reactive import reactive
from textual.screen import Screen

from console.errors import ConsoleError
from console.ui import commands, crash, where
from console.ui.commands import Command
from console.ui.doors import Doors
from console.ui.palette import CommandSource
from console.ui.screens import place
from console.ui.theme import DARK, THEMES, own_variables
from console.ui.where import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from console.db.session import Session
    from console.ui.doors import Choice
    from console.ui.screens.base import ConsoleScreen

_CANCELLED = "Cancelled; the server has confirmed it."
_NOT_CONFIRMED = "Not confirmed: the server may go on."


class ConsoleApp(App[int]):
    """The console on one target at a time.

    What a person does lives in the screens; the program knows the session and hands it to them as `session`.
    """

    TITLE = "dbconsole"
    BINDINGS: ClassVar[list[BindingType]] = list(commands.bindings(commands.EVERYWHERE))
    COMMANDS: ClassVar[set[Callable[[], type[CommandSource]]]] = {lambda: CommandSource}  # type: ignore[assignment]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = dict(place.OPENERS)
    DEFAULT_MODE = "schema"
    ENABLE_COMMAND_PALETTE = True
    CSS = """
    Input > .input--placeholder, Input > .input--suggestion { color: $secondary; }
    """
    ANIMATION = "none"

    where: reactive[Where] = reactive(Where())
    aside: reactive[str] = reactive("")
    session: reactive[Session | None] = reactive(None)

    def __init__(
        self,
        doors: Doors,
        *,
        keys: Mapping[str, str] | None = None,
        theme: str | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        """Make the program; `keys` are the user's own keys by command id, `theme` the name of a theme."""
        super().__init__(driver_class=driver_class)
        self._doors = doors
        self._keys = dict(keys or {})
        self.shown: list[ConsoleScreen] = []  # the places that have been opened
        self.drifts: dict[str, int] = {}  # changes by the name of a target, as far as they were counted
        self.animation_level = "none"
        self.set_reactive(ConsoleApp.where, where.opening(doors.first))
        # Before anything is styled: a theme that is set later styles and paints the whole screen again.
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme if theme in self.available_themes else DARK.name

    def on_mount(self) -> None:
        """Open the session while the first screen is already there."""
        self.set_keymap(self._keys)
        self._doors.follow(self._say_aside, self._say_lost)
        # After ctrl+z and fg the terminal shows what the shell left there: everything is drawn anew.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
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

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give themes of others the colours that ours have besides."""
        return own_variables(self.current_theme)

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

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Give the palette Textual's theme chooser; everything else is a declared command."""
        yield SystemCommand("Theme", "Dark, light, high contrast and others.", self.action_change_theme)

    def _handle_exception(self, error: Exception) -> None:
        """Leave with a sentence instead of Textual's traceback, whose local variables may hold a password."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self._return_code = 1
        self.exit(1, 1, crash.remember(error))

    async def on_unmount(self) -> None:
        """Let go of the session and of what was started for it."""
        if self.session is not None:
            await self.session.close()
        await self._doors.leave()

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
        self.where = where.failed(self.where)
        from console.ui.screens.trouble import Trouble

        self.push_screen(Trouble(error), self._after_trouble)

    def _after_trouble(self, again: bool | None) -> None:
        if again:
            self.open(None)
        else:
            self.now_open()
