"""The tree of changes: an outline whose space bar takes and leaves instead of folding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from console.ui import commands
from console.ui.commanding import Commanding
from console.ui.widgets.outline import Node
from console.ui.widgets.outline_tree import OutlineTree


class ChangeTree(Commanding, OutlineTree, inherit_bindings=False):
    """A tree of changes, each of which can be taken or left."""

    PLACE = "changes"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(each for each in OutlineTree.BINDINGS if not (isinstance(each, Binding) and each.key == "space")),
        *commands.bindings("changes"),
    ]

    @dataclass
    class Asked(Message):
        """A person wants something done with changes: `take` the one under the cursor, `all` in sight, or `none`."""

        tree: ChangeTree
        what: str
        node: Node | None

    @dataclass
    class Opened(Message):
        """Enter was pressed where there is no change."""

        tree: ChangeTree

    def do_take(self) -> None:
        """Take the change under the cursor, or leave it."""
        self._ask("take")

    def do_all(self) -> None:
        """Take all in sight."""
        self._ask("all")

    def do_none(self) -> None:
        """Leave all in sight."""
        self._ask("none")

    def why_not_take(self) -> str | None:
        """There has to be one."""
        return None if self.node is not None else "There is no change to be taken."

    why_not_all = why_not_none = why_not_take

    def action_activate(self) -> None:
        """Open the node; without one ask for what would fill the tree."""
        if self.node is None:
            self.post_message(self.Opened(self))
        else:
            self.post_message(self.NodeActivated(self, self.node))

    def _ask(self, what: str) -> None:
        self.post_message(self.Asked(self, what, self.node))
