"""The right side of a search: the row under the cursor, pictures of the column, its index, and the SQL that was run."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widgets import ContentSwitcher

from console.ui.screens.vectors.charts import CurveView, DistancesView
from console.ui.screens.vectors.lists import toned
from console.ui.screens.vectors.picture import ScatterView
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.papers import Paper, Text, hanging
from console.ui.widgets.sql_view import SqlView
from console.ui.widgets.tab_line import Tab, TabLine
from console.ui.widgets.tabbed import Tabbed
from console.ui.widgets.text_view import TextView

ROW, PICTURE, RECALL, DISTANCES, ALIKE, INDEX, SQL = TABS = (
    "row", "picture", "recall", "distances", "alike", "index", "SQL",
)  # fmt: skip
_IDS = {name: name.lower() for name in TABS}


class Detail(Tabbed):
    """Tabs over what is seen."""

    DEFAULT_CSS = """
    Detail {
        & TextView, & SqlView { padding: 0 1; }
    }
    """

    tab: reactive[str] = reactive(ROW)

    @dataclass
    class Turned(Tabbed.Turned):
        """Something else is looked at."""

    def compose(self) -> ComposeResult:
        """Tabs over a view for each."""
        yield TabLine([Tab(name, name) for name in TABS], id="views")
        with ContentSwitcher(initial="row"):
            yield TextView(id="row")
            yield ScatterView(id="picture")
            yield CurveView()
            yield DistancesView()
            yield OutlineTree(id="alike", empty="")
            yield TextView(id="index")
            yield SqlView(id="sql")

    @property
    def scatter(self) -> ScatterView:
        """The picture of the column."""
        return self.query_one(ScatterView)

    @property
    def curve(self) -> CurveView:
        """What the index finds, by its setting."""
        return self.query_one(CurveView)

    @property
    def distances(self) -> DistancesView:
        """How far apart rows are."""
        return self.query_one(DistancesView)

    @property
    def alike(self) -> OutlineTree:
        """Rows that are the same, nearly the same, or far from all others."""
        return self.query_one("#alike", OutlineTree)

    @property
    def sql(self) -> SqlView:
        """The statement that was run."""
        return self.query_one(SqlView)

    def watch_tab(self) -> None:
        """Look at something else; who had the keys has them there."""
        self.tabs.active = self.tab
        self.switch(_IDS[self.tab])
        self.post_message(self.Turned())

    def show_row(self, paper: Paper) -> None:
        """Show a row."""
        self.query_one("#row", TextView).paper = paper

    def show_index(self, text: str) -> None:
        """Show what there is to know of the indexes."""
        self.query_one("#index", TextView).paper = Text(text, toned, hang=hanging)
