"""What all parts of the screen of the schema share: the outline, where one is in it, and where one came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.catalog.entries import Entry, Outline
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.schema.view import ObjectView
from console.ui.widgets.outline_tree import OutlineTree

if TYPE_CHECKING:
    from console.ui.screens.schema.find import Find


class SchemaState(ConsoleScreen):
    """A tree of everything, and a view of what is chosen in it."""

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self.outline: Outline | None = None
        self.before: list[Entry] = []
        self.chosen: Entry | None = None
        self.finding: Find | None = None
        self.reading = False

    @property
    def outline_tree(self) -> OutlineTree:
        """The tree on the left."""
        return self.query_one("#tree", OutlineTree)

    @property
    def view(self) -> ObjectView:
        """What is chosen, on the right."""
        return self.query_one(ObjectView)
