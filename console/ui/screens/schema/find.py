"""Finds any object of any kind by parts of its name, over the whole database, as one types."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from console.catalog import search
from console.catalog.entries import Entry, Outline
from console.catalog.search import Hit
from console.text import count, sanitize
from console.ui.screens.schema.nodes import GLYPHS

_SHOWN = 40
_HOW = "any part of a name; pub.kno.emb finds public.knowledge_base.embedding"


class Find(ModalScreen[Entry | None]):
    """Gives the object that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Back"),
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
    ]
    DEFAULT_CSS = """
    Find {
        align: left top;
        & > Vertical {
            margin: 2 0 0 1; width: 78; max-width: 98%; height: auto; max-height: 90%;
            background: $surface; border: round $primary;
        }
        & OptionList { height: auto; max-height: 18; border: none; background: $surface; padding: 0; }
        & OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
        & Input { background: $panel; }
        & Static { color: $text-muted; }
    }
    """

    def __init__(self, outline: Outline | None) -> None:
        """Search this outline; None while it is still to be read."""
        super().__init__()
        self._outline = outline
        self._hits: tuple[Hit, ...] = ()
        self._awaited = False  # enter was pressed before what it meant was read

    def compose(self) -> ComposeResult:
        """An input over the hits."""
        with Vertical() as box:
            box.border_subtitle = "enter go there · esc back"
            yield Input(
                compact=True, placeholder="any part of a name; pub.kno.emb finds public.knowledge_base.embedding"
            )
            yield OptionList()
            yield Static("", markup=False)

    def on_mount(self) -> None:
        """Wait for words."""
        self.query_one(Input).focus()
        self._search("")

    def search_in(self, outline: Outline) -> None:
        """Search another outline, such as the whole one after the first part."""
        self._outline = outline
        if not self.query(Input):
            return  # it is still to come, and is searched with then
        self._search(self.query_one(Input).value)
        if self._awaited:
            self._go()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        self._awaited = False
        self._search(event.value)

    def _search(self, words: str) -> None:
        outline = self._outline
        title = "Find" if outline is None else f"Find in {count(len(outline))} objects"
        self.query_one(Vertical).border_title = title
        self._hits = () if outline is None else search.find(outline, words, _SHOWN)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_line(hit), id=str(place)) for place, hit in enumerate(self._hits)])
        options.highlighted = 0 if self._hits else None
        self._say_state(words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the chosen one, as soon as there is one."""
        self._go()

    def _go(self) -> None:
        chosen = self.query_one(OptionList).highlighted
        found = self._hits[chosen].entry if chosen is not None and self._hits else None
        self._awaited = found is None and not self._complete
        if found is not None:  # else the words stay there to be bettered
            self.dismiss(found)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to what was clicked."""
        self.dismiss(self._hits[event.option_index].entry)

    def action_move(self, by: int) -> None:
        """Move in the list while the input has the focus."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    @property
    def _complete(self) -> bool:
        return self._outline is not None and self._outline.complete

    def _say_state(self, words: str) -> None:
        self.query_one(Static).update(_state(self._outline, missed=bool(words.strip() and not self._hits)))


def _state(outline: Outline | None, *, missed: bool) -> str:
    """Return what is to be said of a search that found something or `missed`."""
    if outline is None:
        return "The names are still being read."
    state = "" if outline.complete else " Columns, functions and policies are still being read."
    return f"{'Nothing has such a name.' if missed else ''}{state}".strip()


def _line(hit: Hit) -> Content:
    entry, name = hit.entry, sanitize(hit.entry.name)
    path = "".join(f"{sanitize(part)}." for part in (entry.schema, entry.parent) if part)
    marks = hit.marks if len(name) == len(entry.name) else ()
    marked = [(sign, "bold underline" if place in marks else "") for place, sign in enumerate(name)]
    whose = f" of extension {sanitize(entry.extension)}" if entry.extension else ""
    aside = f"  {entry.kind}{whose}  {sanitize(entry.detail)}"
    return Content.assemble(f"{GLYPHS.get(entry.kind, '·')} ", (path, "$text-muted"), *marked, (aside, "$text-muted"))
