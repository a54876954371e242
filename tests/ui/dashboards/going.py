"""A shop with sales, a dashboard of them, and the ways to it on the screen."""

from __future__ import annotations

from collections.abc import Callable

from console.config.profile import Target
from console.ui.screens.dashboards.board import Board
from console.ui.screens.dashboards.panel_view import PanelView
from tests.databases import Databases
from tests.ui.driving import Driver

SHOP = """
CREATE TABLE sale (at timestamptz, shop text, amount numeric);
INSERT INTO sale SELECT now() - interval '1 hour' * (n - 0.5), CASE n % 3 WHEN 0 THEN 'North' ELSE 'South' END, 10
  FROM generate_series(1, 48) AS n;
"""
SALES = """
title = "Sales"
description = "What is sold."
requires = ["table:public.sale"]
refresh = "1s"
layout = ["total total pace pace", "shops shops shops shops"]
heights = [6, 9]

[parameters.period]
default = "7d"
choices = ["24h", "7d", "all"]

[parameters.shop]
sql = "SELECT DISTINCT shop, shop FROM public.sale ORDER BY 1"

[panels.total]
title = "taken"
kind = "table"
sql = '''SELECT sum(amount) AS total, count(*) AS sales FROM public.sale
  WHERE at >= %(since)s AND (%(shop)s::text IS NULL OR shop = %(shop)s)'''

[panels.pace]
title = "read at"
kind = "table"
sql = "SELECT clock_timestamp()::text AS moment"

[panels.shops]
title = "by shop"
kind = "bar"
sql = "SELECT shop, sum(amount) FROM public.sale WHERE at >= %(since)s GROUP BY 1 ORDER BY 2 DESC"
"""


def one(panel: str, *, refresh: str = "1s", more: str = "") -> str:
    """Return a dashboard of one table panel beside `more`."""
    return f"""
title = "One"
refresh = "{refresh}"
layout = ["it"]
[panels.it]
title = "it"
kind = "table"
sql = '''{panel}'''
{more}"""


async def opened(console: Driver, name: str, *seen: str) -> Board:
    """Open a dashboard by its title."""
    await listed(console)
    screen = console.app.screen
    screen.query_one("#dashboards").reveal([name])  # type: ignore[attr-defined]
    await console.press("enter")
    await console.sees(*seen)
    return screen.query_one(Board)


async def listed(console: Driver) -> None:
    await console.sees("PG 18")
    await console.press("5")
    await console.sees("fit ─")


def panel(board: Board, name: str) -> PanelView:
    return board.panels.views[name]


def readings(board: Board, name: str) -> int:
    return len(panel(board, name).state.ring)


async def until(console: Driver, true: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(1500):
        if true():
            return
        await console.pilot.pause(0.02)
    raise AssertionError(console.text)


async def settled(console: Driver, board: Board) -> None:
    """Wait until no panel is being read."""
    await until(console, lambda: not any(view.state.reading for view in board.panels.views.values()))


def connections(databases: Databases, target: Target, *, running: str = "") -> int:
    """Return how many connections the board has, or how many of these run a statement with some text in it."""
    with databases.connect() as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND application_name LIKE '%%dashboard%%'"
            " AND (%s = '' OR state = 'active' AND position(%s IN query) > 0)",
            (target.database, running, running),
        ).fetchone()
    assert row is not None
    return int(row[0])
