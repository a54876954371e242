"""An open dashboard on a real database: its panels where the layout has them, and what is chosen for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Target
from console.dashboards.reading.polling import Poller
from console.dashboards.reading.reader import Reader
from console.ui.screens.dashboards.panel_view import PanelView
from tests.ui.dashboards.going import one, opened, panel, readings, settled, until
from tests.ui.driving import driven


class TestBoard:
    async def test_panels_show_what_the_database_says(self, shop: Target, sales: Path) -> None:
        """Each in its frame, and the line above says what was chosen."""
        async with driven(shop) as console:
            await opened(console, "sales", "480", "North", "160", "320")
            await console.sees("Sales  p last 7 days ▾  f shop all ▾  e every 1 s ▾", "─ taken ─", "─ by shop ─")

    async def test_another_period_and_another_shop(self, shop: Target, sales: Path) -> None:
        """They are offered from the file and from the database, and every panel follows."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            await console.press("p")
            await console.sees("Period", "last 24 hours", "another …")
            await console.press("up", "enter")
            await console.sees("p last 24 hours", "240")
            await console.press("f")
            await console.sees("Shop", "all", "North", "South")
            await console.press("down", "enter")
            await console.sees("f shop North", " 80 ")
            assert board.chosen == {"period": "24h", "shop": "North"}

    async def test_a_period_is_typed(self, shop: Target, sales: Path) -> None:
        """What is no period is said, and nothing changes."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            for typed, seen in (("soon", "soon is no period"), ("3h", "last 3 hours")):
                await console.press("p")
                await console.sees("another …")
                await console.press("end", "enter")
                await console.sees("Periods are a number")
                await console.press("end", "ctrl+u")
                await console.type(typed)
                await console.press("enter")
                await console.sees(seen)
            assert board.chosen["period"] == "3h"

    async def test_ages_are_told_while_another_one_is_on_its_way(self, shop: Target, sales: Path) -> None:
        """The panels of the one before stand there a moment longer than who reads for them."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            assert board.session is not None
            assert board.dashboard is not None
            before, another = board.poller, replace(board.dashboard, panels={})
            board.poller = Poller(Reader(board.session, another), board.chosen, news=lambda _: None)
            board._tick()
            board.poller = before
            await console.sees("─ by shop ─", "480")

    async def test_what_was_chosen_is_remembered(self, shop: Target, sales: Path) -> None:
        """Other dashboards are looked at, and this one comes back as it was."""
        async with driven(shop) as console:
            await opened(console, "sales", "480")
            await console.press("p")
            await console.sees("last 24 hours")
            await console.press("home", "enter")
            await console.sees("p last 24 hours")
            await console.press("right_square_bracket")
            await console.sees_no_more("by shop")
            await console.press("left_square_bracket")
            await console.sees("p last 24 hours", "by shop")

    async def test_how_often_it_is_read(self, shop: Target, sales: Path) -> None:
        """By hand nothing comes but what is asked for."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            await console.press("e")
            await console.sees("How often", "as the dashboard says", "every 30 s", "by hand: r")
            await console.press("end", "enter")
            await console.sees("e by hand")
            await settled(console, board)
            before = readings(board, "pace")
            await console.press("r")
            await until(console, lambda: readings(board, "pace") == before + 1)

    async def test_it_is_copied_as_text(self, shop: Target, sales: Path) -> None:
        """Title and picture, for a chat."""
        async with driven(shop) as console:
            await opened(console, "sales", "480", "North")
            await console.press("down", "y")
            await until(console, lambda: "North" in console.app.clipboard)
            assert console.app.clipboard.startswith("by shop\n")
            assert "320" in console.app.clipboard


class TestPanels:
    @pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 36), True), ((200, 60), True)])
    async def test_the_layout_reflows(self, shop: Target, sales: Path, size: tuple[int, int], beside: bool) -> None:
        """Charts and tables stand one below the other at 80 columns; what stands there fills the screen."""
        async with driven(shop, size=size) as console:
            board = await opened(console, "sales", "480", "─ read at ─")
            first, second, last = (panel(board, name).region for name in ("total", "pace", "shops"))
            assert (first.y == second.y) is beside
            assert last.right == size[0] or board.panels.max_scroll_y
            assert first.right <= second.x or first.bottom <= second.y

    async def test_one_is_shown_alone_and_as_rows(self, shop: Target, sales: Path) -> None:
        """Enter gives it the room, `t` the values; escape goes back step by step."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480", "North")
            await console.press("down", "enter")
            await console.sees_no_more("─ taken ─")
            assert panel(board, "shops").region.height > 30
            await console.press("t")
            await console.sees("rows 1–2 of 2", "South", "320")
            await console.press("escape")
            await console.sees_no_more("rows 1–2")
            await console.press("escape")
            await console.sees("─ taken ─")
            await console.press("escape")
            await console.sees("What is sold.")

    async def test_arrows_go_to_the_panel_that_way(self, shop: Target, sales: Path) -> None:
        """Right, below, above."""
        async with driven(shop) as console:
            await opened(console, "sales", "480")
            for key, name in (("right", "pace"), ("down", "shops"), ("up", "total"), ("l", "pace"), ("h", "total")):
                await console.press(key)
                focused = console.app.focused
                assert isinstance(focused, PanelView)
                assert focused.panel.id == name

    async def test_hostile_names_do_no_harm(self, shop: Target, write: Callable[[str, str], Path]) -> None:
        """Escape codes and markup in titles and values are text."""
        write(
            "one", one("SELECT E'\\x1b[31mred [bold]' AS \"[u]name\"").replace('title = "it"', 'title = "[b]x\\u001b"')
        )
        async with driven(shop) as console:
            await opened(console, "one", "[b]x␛", "␛[31mred [bold]", "[u]name")
