"""The declared commands: each can be run, explained and told apart from every key that holds at the same place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding, BindingsMap
from textual.widget import Widget

from console.ui import keys_table
from console.ui.app import ConsoleApp
from console.ui.commanding import named
from console.ui.commands import COMMANDS, EVERYWHERE, Command
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.charting.screen import ChartScreen
from console.ui.screens.charting.statement_area import StatementArea
from console.ui.screens.charting.view import ChartView
from console.ui.screens.dashboards.board import Board
from console.ui.screens.dashboards.panel_view import PanelView
from console.ui.screens.dashboards.screen import DashboardsScreen
from console.ui.screens.drift.screen import DriftScreen
from console.ui.screens.migrations.screen import MigrationsScreen
from console.ui.screens.schema.rows import RowsPane
from console.ui.screens.schema.screen import SchemaScreen
from console.ui.screens.vectors.charts import CurveView, DistancesView
from console.ui.screens.vectors.desk import Desk
from console.ui.screens.vectors.hit_list import HitList
from console.ui.screens.vectors.picture import ScatterView
from console.ui.screens.vectors.question_line import QuestionInput
from console.ui.screens.vectors.screen import VectorsScreen
from console.ui.widgets.change_tree import ChangeTree
from console.ui.widgets.grid import Grid
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.text_view import TextView

README = Path(__file__).parent.parent.parent / "README.md"
PLACES = {
    EVERYWHERE: ConsoleApp,
    "schema": SchemaScreen,
    "rows": RowsPane,
    "migrations": MigrationsScreen,
    "drift": DriftScreen,
    "changes": ChangeTree,
    "dashboards": DashboardsScreen,
    "board": Board,
    "chart": ChartScreen,
    "statement": StatementArea,
    "vectors": VectorsScreen,
    "search": Desk,
    "hits": HitList,
    "question": QuestionInput,
    "picture": ScatterView,
}
WIDGETS: dict[str, tuple[type[Widget], ...]] = {
    EVERYWHERE: (Grid, OutlineTree, TextView),
    "schema": (Grid, OutlineTree, TextView),
    "rows": (Grid,),
    "migrations": (Grid, TextView),
    "drift": (ChangeTree, TextView),
    "changes": (ChangeTree,),
    "dashboards": (OutlineTree, TextView),
    "board": (Grid, PanelView),
    "chart": (ChartView,),
    "statement": (),
    "vectors": (OutlineTree, TextView),
    "search": (HitList, CurveView, DistancesView, OutlineTree, TextView),
    "hits": (HitList,),
    "question": (),
    "picture": (ScatterView,),
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
class TestEach:
    def test_somebody_does_it(self, command: Command) -> None:
        """The place it was declared for has a method for it; refreshing is every screen's own."""
        place = ConsoleScreen if command.id == "refresh" else PLACES[command.where]
        assert callable(getattr(place, named("do", command.id)))

    def test_it_is_explained(self, command: Command) -> None:
        """In a sentence that ends, and a title that fits a footer."""
        assert command.help.endswith((".", "…"))
        assert 0 < len(command.title) <= 16

    def test_no_widget_takes_its_key_away(self, command: Command) -> None:
        """The grid, the tree and the texts of its place leave its keys alone."""
        taken = {key for widget in WIDGETS[command.where] for key in keys_of(widget, command)}
        assert not taken & set(command.keys.split(",")) - {"y"}  # a text asks its screen for the copy: the same command


@pytest.mark.parametrize("where", PLACES)
def test_keys_are_unique_at_a_place(where: str) -> None:
    """Also against what holds everywhere."""
    keys = [key for command in COMMANDS if command.where in (where, EVERYWHERE) for key in command.keys.split(",")]
    assert sorted(keys) == sorted(set(keys))


def test_ids_are_unique() -> None:
    """Keys are remapped by them."""
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_the_readme_has_the_table() -> None:
    """scripts/keys-table writes it."""
    text = README.read_text("utf-8")
    assert keys_table.table() in text
    assert keys_table.replaced(text) == text


def keys_of(widget: type[Widget], command: Command) -> Iterator[str]:
    """Yield the keys that a widget binds itself, but for those of the command."""
    for bound in BindingsMap(widget.BINDINGS).key_to_bindings.values():
        yield from (each.key for each in bound if isinstance(each, Binding) and each.id != command.id)
