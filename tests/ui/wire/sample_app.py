"""A program with a tree, a table, tabs and an input: `python -m tests.ui.wire.sample_app [plain]`.

F12 titles the window "mark 1", "mark 2"… once the keys before it are dealt with. What Textual writes is also appended
to the file that RAW names, before the wire makes less of it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from itertools import count
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.driver import Driver
from textual.widgets import DataTable, Footer, Header, Input, Tabs, Tree

from console.ui.wire import driver_class


class Sample(App[None]):
    """What a database client looks like."""

    CSS = "Tree { width: 40; border: round $primary; } DataTable { height: 1fr; }"
    BINDINGS: ClassVar = [
        ("ctrl+t", "toggle", "Theme"),
        ("ctrl+l", "help", "Keys"),
        ("ctrl+n", "tell", "Tell"),
        ("ctrl+o", "chatter", "Chatter"),
        ("ctrl+q", "quit", "Quit"),
    ]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Tabs("Schema", "Query", "Migrations", "Drift", "Health")
        with Horizontal():
            yield Tree("neondb")
            with Vertical():
                yield Input(placeholder="find in 214 objects")
                yield DataTable(cursor_type="row", zebra_stripes=True)
        yield Footer()

    def on_mount(self) -> None:
        self._marks = count(1)
        # Of itself Textual draws only parts of the screen after ctrl+z and fg.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        tree = self.query_one(Tree)
        tree.root.expand()
        for schema in ("public", "audit", "日本語", "emoji 👩‍👧 ❤️"):
            node = tree.root.add(schema, expand=True)
            for number in range(14):
                node.add_leaf(f"{schema}_table_{number:03}  {number * 37}")
        table = self.query_one(DataTable)
        table.add_columns("id", "name", "address", "amount")
        for number in range(200):
            name = Text(f"row {number}", style="link https://example.org/a" if number % 5 == 0 else "")
            address = "héllo wörld 漢字 ✓" * (1 + number % 2)
            table.add_row(f"{number:06}", name, address, Text(f"{number * 1.37:.2f}", justify="right"))
        tree.focus()

    def on_key(self, event: events.Key) -> None:
        if event.key == "f12":
            self.call_after_refresh(self._mark)

    def _mark(self) -> None:
        if self._driver is not None:
            self._driver.write(f"\x1b]2;mark {next(self._marks)}\x07")

    def action_toggle(self) -> None:
        self.theme = "textual-light" if self.theme != "textual-light" else "textual-dark"

    def action_chatter(self) -> None:
        """Say more than Textual keeps in its queue, when the terminal is lost, and leave then."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._chatter)

    def _chatter(self) -> None:
        for _ in range(100):
            self._mark()
        self.exit(return_code=7)

    def action_help(self) -> None:
        if self.screen.query("HelpPanel"):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()

    def action_tell(self) -> None:
        with self.suspend():
            print("\x1b[Hsaid to the shell")


def recording(driver: type[Driver], path: Path) -> type[Driver]:
    """Return the driver with a record of what it is told to write."""

    class Recording(driver):  # type: ignore[misc,valid-type]
        def write(self, data: str) -> None:
            with path.open("a", newline="", encoding="utf-8") as file:
                file.write(data)
            super().write(data)

    return Recording


if __name__ == "__main__":
    chosen = driver_class(plain="plain" in sys.argv)
    if chosen is not None and "RAW" in os.environ:
        chosen = recording(chosen, Path(os.environ["RAW"]))
    app = Sample(driver_class=chosen)
    app.run()
    sys.exit(app.return_code)
