"""One column of vectors over the whole width: asking, hits, and what is seen beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Static

from console.drawing.picture import plain
from console.ui import commands
from console.ui.copying import copy
from console.ui.screens.vectors import detail
from console.ui.screens.vectors import wanted as wanting
from console.ui.screens.vectors.detail import Detail
from console.ui.screens.vectors.hit_list import HitList
from console.ui.screens.vectors.opening import OpeningDesk
from console.ui.screens.vectors.question_line import QuestionInput, QuestionLine
from console.ui.screens.vectors.wanted import Mode
from console.ui.screens.working.panel import RunPanel
from console.ui.widgets.option_line import OptionLine
from console.ui.widgets.text_view import TextView


class Desk(OpeningDesk):
    """A search in one column."""

    PLACE = "search"
    in_detail = False
    """Whether the right side has the keys. No class of the desk: that would style all of its widgets anew."""
    is_wide = False
    """Whether the right side has the whole width although both would have room."""
    BINDINGS: ClassVar[list[BindingType]] = list(commands.bindings("search"))
    DEFAULT_CSS = """
    Desk {
        & > #head, & > #options { height: 1; }
        & > #sides { height: 1fr; }
        & #asked { width: 1fr; }
        & #hits { border: round $border-blurred; border-title-color: $accent; border-subtitle-color: $text-muted; }
        & #hits:focus-within { border: round $primary; }
        & #why { height: auto; max-height: 3; padding: 0 1; display: none; color: $text-muted; }
        & #said { height: auto; max-height: 40%; padding: 0 1; display: none; color: $text-muted; }
        & #said.-remark, & #said.-warning { color: $text-warning; }
        & #said.-error { color: $text-error; }
    }
    """

    def compose(self) -> Iterable[Widget]:
        """Three lines over hits and what is seen of them."""
        yield _line("head")
        yield QuestionLine()
        yield _line("options")
        with Horizontal(id="sides"):
            with Vertical(id="asked"):
                with Vertical(id="hits"):
                    yield HitList()
                    yield Static("", id="why", markup=False)
                    yield Static("", id="said", markup=False)
                yield RunPanel()
            yield Detail()

    def read_again(self) -> None:
        """Search again, or read again what has the keys."""
        tab, view = self.detail.tab, self.detail
        if not view.has_focus_within or tab in (detail.ROW, detail.SQL):
            self.search()
        elif tab == detail.PICTURE:
            self.read_picture()
        elif tab == detail.RECALL:
            self.measure()
        elif tab == detail.INDEX:
            self.look_at_indexes()
        else:
            self.examine()

    def back(self) -> bool:
        """Take one step back: from the right to the hits, from typing to the hits; False from there."""
        focused = self.screen.focused
        if self.is_wide:
            self.do_wide()
            return True
        if focused is self.hits:
            return False
        self.screen.set_focus(self.hits)
        return True

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Bring the side that has the keys into sight."""
        self.in_detail = self.detail in event.widget.ancestors_with_self
        self.lay_out()

    def on_resize(self) -> None:
        """Decide whether both sides have room."""
        self.lay_out()

    def lay_out(self) -> None:
        """Show both sides where there is room, else the one that has the keys."""
        alone = self.in_detail if self.is_narrow else self.is_wide
        self.query_one("#asked").display = not alone
        self.detail.display = alone or not self.is_narrow
        self.detail.styles.width = "1fr" if alone else "42%"

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one side only."""
        return self.screen.has_class("-narrow")

    def on_question_input_left(self, message: QuestionInput.Left) -> None:
        """Go to the hits."""
        self.screen.set_focus(self.hits)

    def on_hit_list_chosen(self, message: HitList.Chosen) -> None:
        """Show the row under the cursor."""
        self.show_hits()
        self.post_message(self.Turned())

    def on_hit_list_opened(self, message: HitList.Opened) -> None:
        """Go over to the row in full; where recall is in sight, measure it, as it says there."""
        if self.detail.tab == detail.RECALL:
            self.measure()
        else:
            self.detail.tab = detail.ROW
        self.detail.focus_body()

    def on_hit_list_asked(self, message: HitList.Asked) -> None:
        """Do what is asked of a hit."""
        if message.what == "mix" or self.wanted.mode is Mode.MIXED:
            self.turn(replace(self.wanted, mode=Mode.MIXED, text=wanting.mixed(self.hits.tags)))
        self.post_message(self.Turned())

    async def on_option_line_chosen(self, message: OptionLine.Chosen) -> None:
        """Do what a click on a line asks for."""
        message.stop()
        if message.command_id:
            await self.action_command(message.command_id)

    def on_text_view_copy_requested(self, message: TextView.CopyRequested) -> None:
        """Copy what is shown."""
        message.stop()
        self.do_copy()

    def do_type(self) -> None:
        """Go to the line in which one types."""
        self.screen.set_focus(self.line.input)

    def do_wide(self) -> None:
        """Give the right side the whole width, or no more."""
        self.is_wide = not self.is_wide
        self.lay_out()
        if self.is_wide:
            self.detail.focus_body()
        else:
            self.screen.set_focus(self.hits)

    def do_next_tab(self) -> None:
        """The next view."""
        self._step(1)

    def do_previous_tab(self) -> None:
        """The view before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        self.detail.step(by)
        if self.is_narrow:
            self.detail.focus_body()

    def do_picture(self) -> None:
        """Go to the picture."""
        self.detail.tab = detail.PICTURE
        self.detail.focus_body()

    def do_more(self) -> None:
        """Search for rows like the one under the cursor."""
        assert self.hits.hit is not None
        self.more_like(self.hits.hit.key)
        self.screen.set_focus(self.hits)

    def why_not_more(self) -> str | None:
        """It takes a row that can be told from others."""
        return self.hits.why_not_tag()

    def do_copy(self) -> None:
        """Copy the row, the SQL or the picture, whichever is looked at."""
        text, what = self._to_copy()
        copy(self.app, text, what)

    def why_not_wide(self) -> str | None:
        """It takes a wide terminal."""
        return "The terminal is too narrow for two sides." if self.is_narrow else None

    def _to_copy(self) -> tuple[str, str]:
        tab, view = self.detail.tab, self.detail
        if view.has_focus_within and tab == detail.SQL:
            return view.sql.sql, "the SQL"
        if view.has_focus_within and tab == detail.PICTURE:
            return plain(view.scatter.picture), "the picture"
        if view.has_focus_within and tab == detail.RECALL:
            return plain(view.curve.picture), "the curve"
        if view.has_focus_within and tab == detail.DISTANCES:
            return plain(view.distances.picture), "the distances"
        hit, found = self.hits.hit, self.answer
        if hit is None or found is None:
            return "", ""
        return json.dumps(dict(zip(found.columns, hit.row, strict=True)), ensure_ascii=False, indent=2), "the row"


def _line(name: str) -> OptionLine:
    line = OptionLine()
    line.id = name
    return line
