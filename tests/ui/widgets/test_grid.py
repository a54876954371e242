"""The grid shows any number of rows and says what a person wants."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from textual.coordinate import Coordinate

from console.rows.source import Column, Listed
from console.ui.widgets.boxes import Sort
from console.ui.widgets.grid import Grid
from tests.ui.widgets.sources import BLOCK, Numbers
from tests.ui.widgets.stage import lines, on_stage, settled

MILLION = 1_000_000
WIDE = Listed([Column(f"c{column}", "text") for column in range(500)], [[f"v{column}" for column in range(500)]])
FEW = Listed(
    (Column("name", plain=True), Column("state", plain=True)), [("connections", "✓ ok"), ("blocking", "✗ crit")]
)
HOSTILE = Listed(
    (Column("\x1b[31m[b]name", "text"), Column("v", "text")), [("\x1b]52;c;aGk=\x07", "[bold]x[/]"), (None, "x\u202e")]
)


class TestDrawing:
    async def test_headings_types_rows_and_place(self) -> None:
        """Names, types, numbered rows, and which rows these are."""
        grid = Grid(Numbers(MILLION))
        async with on_stage(grid, (60, 8)) as (_, pilot):
            await settled(pilot, lambda: grid.row is not None)
            assert lines(grid) == [
                "                id  name",
                "            bigint  text",
                "         1       1  name 1",
                "         2       2  name 2",
                "         3       3  name 3",
                "         4       4  name 4",
                "         5       5  name 5",
                " rows 1–5 of ~1.00 M (estimate)",
            ]

    async def test_a_plain_list(self) -> None:
        """A list of the program itself: a row cursor, no numbers, no types, no line of state."""
        grid = Grid(FEW, cursor="row", numbers=False, types=False, footer=False)
        async with on_stage(grid, (40, 4)):
            assert lines(grid) == [" name         state", " connections  ✓ ok", " blocking     ✗ crit", ""]

    async def test_hostile_names_and_data_are_text(self) -> None:
        """Nothing that a terminal would act on, and no markup."""
        grid = Grid(HOSTILE)
        async with on_stage(grid, (60, 6)):
            shown = "\n".join(lines(grid))
            assert "␛[31m[b]name" in shown
            assert "␛]52;c;aGk=␇" in shown
            assert "[bold]x[/]" in shown
            assert not set(shown) & set("\x1b\x07\u202e")

    async def test_an_empty_table_says_so(self) -> None:
        """The words for nothing are those of the screen."""
        grid = Grid(Listed(FEW.columns), empty="No policies. p adds one.")
        async with on_stage(grid, (60, 6)) as (stage, pilot):
            await pilot.press("down", "enter", "y", "G", "less_than_sign")
            assert lines(grid)[2] == " No policies. p adds one."
            assert not stage.heard(Grid.CellActivated)

    async def test_no_columns_at_all(self) -> None:
        """A grid without anything takes every key."""
        grid = Grid()
        async with on_stage(grid) as (_, pilot):
            await pilot.press("right", "end", "equals_sign", "greater_than_sign", "ctrl+end", "pagedown")
            assert grid.cursor == Coordinate(0, 0)

    async def test_the_sorted_column_is_marked(self) -> None:
        """A sign beside the name."""
        grid = Grid(FEW, numbers=False, types=False)
        async with on_stage(grid, (40, 4)) as (_, pilot):
            grid.sort = Sort(0, descending=True)
            await pilot.pause()
            assert lines(grid)[0] == " name      ▼  state"

    async def test_500_columns_scroll_one_by_one(self) -> None:
        """The last of 500 columns is reached, whole, and so is the first again."""
        grid = Grid(WIDE)
        async with on_stage(grid, (60, 6)) as (_, pilot):
            await pilot.press("end")
            assert lines(grid)[2].endswith("v499")
            await pilot.press("home", *["tab"] * 20)
            assert grid.cursor.column == 20
            assert "v20" in lines(grid)[2]


class TestCursor:
    @pytest.mark.parametrize(
        ("keys", "at"),
        [
            (["down", "down", "right"], (2, 1)),
            (["up", "left"], (0, 0)),
            (["pagedown"], (20, 0)),
            (["pagedown", "pageup"], (0, 0)),
            (["end"], (0, 1)),
            (["end", "home"], (0, 0)),
            (["ctrl+end"], (999, 0)),
            (["G", "g"], (0, 0)),
            (["tab"], (0, 1)),
            (["tab", "shift+tab"], (0, 0)),
            (["G", "down", "right", "right"], (999, 1)),
        ],
    )
    async def test_keys_move_it(self, keys: list[str], at: tuple[int, int]) -> None:
        """Within the rows and columns there are."""
        grid = Grid(Listed(Numbers.columns, [(str(index), "x") for index in range(1000)]))
        async with on_stage(grid, (60, 23)) as (_, pilot):
            await pilot.press(*keys)
            assert grid.cursor == at
            top, height = grid.in_sight
            assert top <= grid.cursor.row < top + height

    async def test_a_row_cursor_goes_by_rows(self) -> None:
        """Home and end mean rows there."""
        grid = Grid(FEW, cursor="row")
        async with on_stage(grid) as (_, pilot):
            await pilot.press("end")
            assert grid.cursor.row == 1

    async def test_it_stays_when_rows_are_replaced(self) -> None:
        """A refresh leaves it where it was, or as near as can be."""
        grid = Grid(Listed(FEW.columns, [("a", "b")] * 30))
        async with on_stage(grid) as (_, pilot):
            await pilot.press(*["down"] * 9)
            grid.source = Listed(FEW.columns, [("c", "d")] * 30)
            assert grid.cursor.row == 9
            grid.source = FEW
            assert grid.cursor.row == 1

    async def test_a_click_chooses_and_a_second_opens(self) -> None:
        """Mouse and keys say the same."""
        grid = Grid(FEW, numbers=False, types=False)
        async with on_stage(grid) as (stage, pilot):
            await pilot.click(grid, offset=(15, 2))
            assert grid.cursor == (1, 1)
            await pilot.click(grid, offset=(15, 2), times=2)
            await pilot.click(grid, offset=(3, 0))
            await pilot.pause()
            assert [(event.row, event.column) for event in stage.heard(Grid.CellActivated)] == [(1, 1)]
            assert [event.column for event in stage.heard(Grid.SortRequested)] == [0]


class TestMessages:
    async def test_what_a_person_wants_is_said(self) -> None:
        """The grid itself opens nothing."""
        grid = Grid(FEW)
        async with on_stage(grid) as (stage, pilot):
            await pilot.press("down", "right", "enter")
            await pilot.pause()
            assert [(event.row, event.column) for event in stage.heard(Grid.CellChosen)] == [(1, 0), (1, 1)]
            assert [(event.row, event.column) for event in stage.heard(Grid.CellActivated)] == [(1, 1)]
            assert (grid.value, grid.row) == ("✗ crit", ("blocking", "✗ crit"))


class TestWidths:
    @pytest.mark.parametrize(
        ("keys", "heading"),
        [
            ([], " name         state"),
            (["greater_than_sign"], " name             state"),
            (["less_than_sign", "alt+left"], " name  state"),
            (["greater_than_sign", "equals_sign"], " name         state"),
        ],
    )
    async def test_keys_change_them(self, keys: list[str], heading: str) -> None:
        """Wider, narrower, as wide as what is seen."""
        grid = Grid(FEW, numbers=False, types=False)
        async with on_stage(grid) as (_, pilot):
            await pilot.press(*keys)
            assert lines(grid)[0].replace("na…", "name") == heading


class TestReading:
    async def test_only_what_is_near_is_read(self) -> None:
        """One request for the first page of a million rows."""
        source = Numbers(MILLION)
        async with on_stage(Grid(source)) as (_, pilot):
            await settled(pilot, lambda: len(source) > 0)
            assert source.fetched == [(0, 42)]

    async def test_the_end_is_read_without_the_middle(self) -> None:
        """The last row is shown with a number that is not claimed to be certain."""
        source = Numbers(MILLION)
        grid = Grid(source)
        async with on_stage(grid) as (_, pilot):
            await pilot.press("G")
            await settled(pilot, lambda: grid.cursor.row == MILLION - 1)
            assert source.blocks == {0, (MILLION - 1) // BLOCK}
            assert "~1,000,000  1000000  name 1" in lines(grid)[-2]

    async def test_rows_not_at_hand_are_place_holders_and_come(self) -> None:
        """Scrolling far shows that rows are missing, then the rows."""
        grid = Grid(Numbers(MILLION))
        async with on_stage(grid) as (_, pilot):
            await pilot.press("G")
            await settled(pilot, lambda: grid.cursor.row == MILLION - 1)
            grid.scroll_to(y=400_000, animate=False)
            assert "⋯" in lines(grid)[2]
            await settled(pilot, lambda: "400001" in lines(grid)[2].split())

    async def test_a_failure_is_said_once_and_tried_again_when_scrolled(self) -> None:
        """The sentence stands at the bottom; nothing is asked in a loop."""
        source = Numbers(MILLION)
        source.fails = True
        grid = Grid(source)
        async with on_stage(grid) as (stage, pilot):
            await settled(pilot, lambda: grid.failure is not None)
            assert lines(grid)[-1].endswith("✗ The connection is gone.")
            assert len(stage.heard(Grid.FetchFailed)) == 1
            source.fails = False
            grid.retry()
            await settled(pilot, lambda: grid.row is not None)

    async def test_other_rows_are_read_at_once(self) -> None:
        """Setting a source forgets the old one."""
        grid = Grid(Numbers(10))
        async with on_stage(grid) as (_, pilot):
            grid.source = Numbers(20)
            await settled(pilot, lambda: "rows 1–20 of 20" in lines(grid)[-1] or "20" in lines(grid)[-1])
            assert grid.source.complete


class TestCost:
    async def test_a_million_rows_are_painted_at_once(self) -> None:
        """The first page takes little work: ten seconds at the very most, on any machine under any load."""
        grid = Grid()
        async with on_stage(grid, (120, 36)) as (_, pilot):
            started = time.process_time()
            grid.source = Numbers(MILLION)
            await settled(pilot, lambda: "name 1" in lines(grid)[2])
            assert time.process_time() - started < 10

    async def test_scrolling_to_the_end_and_back_keeps_nothing(self) -> None:
        """What the grid holds does not grow with the rows it has shown."""
        grid = Grid(Listed(Numbers.columns, [("1", "x")] * 100_000))
        async with on_stage(grid, (120, 36)):
            tracemalloc.start()
            held = [read_through(grid, range(first, 100_000, 5_000)) for first in (0, 1_000, 2_000)]
            tracemalloc.stop()
            assert held[2] - held[1] < 500_000


def read_through(grid: Grid, tops: range) -> int:
    """Scroll to each of `tops`, draw the page, and return how much memory is held after that."""
    for top in tops:
        grid.scroll_to(y=top, animate=False)
        lines(grid)
    return tracemalloc.get_traced_memory()[0]
