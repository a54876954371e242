"""Runs searches: as a person types where that is fast, else when asked; shows what was found and how."""

from __future__ import annotations

from dataclasses import replace

from textual import work
from textual.timer import Timer
from textual.widgets import Input

from console.errors import ConsoleError, Interrupted, MayWrite, UsageError
from console.text import sanitize
from console.ui.screens.choose import Choose
from console.ui.screens.vectors import wanted as wanting
from console.ui.screens.vectors.answering import AnsweringDesk
from console.ui.screens.vectors.hit_lines import Answer
from console.ui.screens.vectors.wanted import Mode, Wanted
from console.ui.widgets.option_line import OptionLine, Said
from console.vectors.search import functions, searching
from console.vectors.search.question import Pasted, Words

_STILL = 0.12  # seconds of standing still before what is typed is searched for
_SLOW = 2  # slow searches after which letters alone search no more
_SAMPLED = 25  # rows that are shown while nothing is asked


class SearchingDesk(AnsweringDesk):
    """A desk that searches."""

    def __init__(self) -> None:
        """Search for nothing yet."""
        super().__init__()
        self._typing: Timer | None = None
        self._slow = 0

    def turn(self, wanted: Wanted) -> None:
        """Search for something else, or in another way."""
        self.wanted = wanted
        self.say_wanted()
        self.search()

    def say_wanted(self) -> None:
        """Say in the lines above what is wanted."""
        column = self.column
        if column is None:
            return
        name = f"ƒ {self.function.label}" if self.wanted.mode is Mode.FUNCTION and self.function is not None else ""
        self.line.show(self.wanted.mode, self.wanted.text, name)
        parts = wanting.options(self.wanted, column)
        if self.wanted.mode is Mode.FUNCTION and self.function is not None:
            given = [f"{key} {value}" for key, value in self.arguments.items()]
            parts = (parts[0], ("w", sanitize(", ".join(given)) or "arguments", "search.where"))
        self.query_one("#options", OptionLine).said = Said(parts=parts, aside=self._embedder_said())

    def _embedder_said(self) -> str:
        if not self.wanted.mode.embeds and self.wanted.mode is not Mode.FUNCTION:
            return ""
        if self.chosen is None:
            return "no embedder"
        embedder = self.chosen.embedder
        return f"{'! ' if embedder.notice else ''}by {embedder.name}"

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed, where that is fast."""
        event.stop()
        self.wanted = replace(self.wanted, text=event.value)
        if self._typing is not None:
            self._typing.stop()
            self._typing = None
        if self._as_typed():
            self._typing = self.set_timer(_STILL, self.search)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search, and go to the hits."""
        event.stop()
        if self._typing is not None:
            self._typing.stop()
            self._typing = None
        self.search(go=True)
        self.screen.set_focus(self.hits)

    def _as_typed(self) -> bool:
        """Whether each letter may ask anew: only words, where it is fast, and if they stay on this machine."""
        mode = self.wanted.mode
        if mode not in (Mode.WORDS, Mode.FULL_TEXT, Mode.HYBRID) or self._slow >= _SLOW:
            return False
        return not mode.embeds or (self.chosen is not None and self.chosen.embedder.here)

    @work(exclusive=True, group="search", description="Searching.")
    async def search(self, *, go: bool = False) -> None:
        """Ask what is wanted, and show the answer; with `go` what was wrong is to be mended where it was typed."""
        column = self.column
        if column is None:
            return
        self.wait()
        try:
            found = await self._answer(self.wanted)
        except MayWrite as error:
            self.stop_waiting()
            self._ask_leave(error)
        except Interrupted:
            self.stop_waiting()
            self.tell("Cancelled; enter searches again.", "-warning")
        except ConsoleError as error:
            self.stop_waiting()
            self.fail(error)
            if go:
                self.screen.set_focus(self.line.input)
        else:
            self.stop_waiting()
            if self.wanted.text.strip():
                self._slow = 0 if found.fast else self._slow + 1
            self.take(found)

    async def _answer(self, wanted: Wanted) -> Answer:
        column, session = self.column, self.session
        assert column is not None
        assert session is not None
        own = await self.beside.session(session)
        if wanted.mode is Mode.FUNCTION and self.function is not None and wanted.text.strip():
            return await self._call(wanted)
        question = wanted.question(column)
        if question is None:
            few = max(wanted.k, _SAMPLED)
            return await searching.browse(
                own, column, k=few, where=wanted.where, allow_functions=wanted.where in self.allowed
            )
        allowed = wanted.where in self.allowed
        if wanted.mode.embeds and self.chosen is None:
            raise UsageError(self.about.no_embedder or "There is no embedder for this column yet.")
        embedder = self.chosen.embedder if self.chosen is not None else None
        return await searching.search(own, column, question, embedder, plan=True, allow_functions=allowed)

    async def _call(self, wanted: Wanted) -> Answer:
        assert self.column is not None
        assert self.session is not None
        assert self.function is not None
        text = wanted.text.strip()
        by = Pasted(text) if text.startswith(("[", "{")) else Words(text)
        if isinstance(by, Words) and self.chosen is None:
            raise UsageError(self.about.no_embedder or "There is no embedder for this column yet.")
        return await functions.call(
            await self.beside.session(self.session),
            self.function,
            by,
            self.arguments,
            self.chosen.embedder if self.chosen is not None else None,
            dimensions=self.column.dimensions,
            k=wanted.k,
            allow_functions=self.function.label in self.allowed,
        )

    @work(group="asking")
    async def _ask_leave(self, error: MayWrite) -> None:
        """What may write runs only if a person agrees to it."""
        choices = [("no", "No, leave it"), ("yes", "Search all the same")]
        answer = await self.app.push_screen_wait(Choose("This calls what may write", choices, explain=error.detail))
        if answer == "yes":
            called = self.function.label if self.wanted.mode is Mode.FUNCTION and self.function is not None else ""
            self.allowed |= {called or self.wanted.where}
            self.search()
        else:
            self.fail(error)
