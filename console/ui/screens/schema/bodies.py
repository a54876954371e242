"""What an object is shown with: a grid of its parts, its rows, and the statements that make it."""

from __future__ import annotations

from typing import NamedTuple

from console.ui.screens.schema.rows import RowsPane
from console.ui.screens.schema.tabs import DATA, DDL
from console.ui.widgets.grid import Grid
from console.ui.widgets.sql_view import SqlView


class Bodies(NamedTuple):
    """The three bodies of an object's view."""

    facts: Grid
    rows: RowsPane
    ddl: SqlView


def made() -> Bodies:
    """Return bodies that are not in sight yet."""
    facts = Grid(id="facts", cursor="row", numbers=False, types=False, footer=False, empty="None.")
    bodies = Bodies(facts, RowsPane(id=DATA), SqlView(id=DDL))
    for body in bodies:
        body.display = False
    return bodies
