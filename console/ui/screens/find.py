"""Finds any object of any kind by parts of its name, over the whole database, as one types."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from console.catalog import search
from console.catalog.entries import Entry, Outline
from console.catalog.search import Hit
from console.text import count, sanitize
from console.ui.screens.schema_nodes import GLYPHS

_SHOWN = 40


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
        & Input { border: none; height: 1; background: $panel; }
        & Static { color: $text-muted; }
    }
    """

    def __init__(self, outline: Outline) -> None:
        """Search this outline."""
        super().__init__()
        self._outline = outline
        self._hits: tuple[Hit, ...] = ()

    def compose(self) -> ComposeResult:
        """An input over the hits."""
        with Vertical() as box:
            box.border_title = f"Find in {count(len(self._outline))} objects"
            box.border_subtitle = "enter go there · esc back"
            yield Input(placeholder="any part of a name; pub.kno.emb finds public.knowledge_base.embedding")
            yield OptionList()
            yield Static("", markup=False)

    def on_mount(self) -> None:
        """Wait for words."""
        self.query_one(Input).focus()
        self._say_state("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        self._hits = search.find(self._outline, event.value, _SHOWN)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_line(hit), id=str(place)) for place, hit in enumerate(self._hits)])
        options.highlighted = 0 if self._hits else None
        self._say_state(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the chosen one."""
        chosen = self.query_one(OptionList).highlighted
        self.dismiss(self._hits[chosen].entry if chosen is not None and self._hits else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to what was clicked."""
        self.dismiss(self._hits[event.option_index].entry)

    def action_move(self, by: int) -> None:
        """Move in the list while the input has the focus."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    def _say_state(self, words: str) -> None:
        state = "" if self._outline.complete else " Columns, functions and policies are still being read."
        nothing = "Nothing has such a name." if words.strip() and not self._hits else ""
        self.query_one(Static).update(f"{nothing}{state}".strip())


def _line(hit: Hit) -> Text:
    entry = hit.entry
    line = Text(f"{GLYPHS.get(entry.kind, '·')} ", no_wrap=True, overflow="ellipsis")
    line.append("".join(f"{sanitize(part)}." for part in (entry.schema, entry.parent) if part), "dim")
    start = len(line)
    line.append(sanitize(entry.name))
    if len(sanitize(entry.name)) == len(entry.name):
        for mark in hit.marks:
            line.stylize("bold underline", start + mark, start + mark + 1)
    line.append(f"  {entry.kind}  {sanitize(entry.detail)}", "dim")
    return line
