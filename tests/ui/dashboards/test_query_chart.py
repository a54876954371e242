"""A chart of what a typed statement gives: drawn, mended where it is wrong, saved, and read again as a dashboard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.screen import Screen

from console.config.profile import Target
from console.dashboards.definition import Dashboard, Origin
from console.dashboards.files import finding
from console.ui.screens.charting.query import QueryScreen
from console.ui.screens.charting.screen import ChartScreen
from console.ui.screens.charting.statement_area import StatementArea
from console.ui.screens.dashboards.screen import DashboardsScreen
from tests.ui.dashboards.going import until
from tests.ui.driving import PATIENCE, Driver, driven

SHOP = """
CREATE TABLE sale (id int PRIMARY KEY, at timestamptz, shop text, amount numeric);
INSERT INTO sale SELECT n, '2026-03-01 00:07+00'::timestamptz + interval '1 hour' * n, CASE n % 3 WHEN 0 THEN 'North'
  ELSE 'South' END, 10 FROM generate_series(1, 480) AS n;
CREATE FUNCTION nudge() RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO sale VALUES (0); RETURN 1; END';
"""
BY_SHOP = "SELECT shop, sum(amount) AS taken\nFROM sale\nGROUP BY 1 -- mine"


@pytest.fixture
def shop(make_database: Callable[..., Target], home: Path) -> Target:
    """Return a database with 480 sales in 20 days: 160 in North, 320 in South, 10 each."""
    return make_database(SHOP)


async def typing(driver: Driver, text: str) -> StatementArea:
    """Go to where a statement is typed, and paste one."""
    await driver.sees("Dashboards ·", "n from a query")
    await driver.press("n")
    await driver.sees("A dashboard from a query", "One statement that reads")
    return await paste(driver, text)


async def paste(driver: Driver, text: str) -> StatementArea:
    """Put a text in place of what is typed."""
    area = driver.app.screen.query_one(StatementArea)
    area.clear()
    area.post_message(Paste(text))
    await driver.pilot.pause()
    return area


async def choose(driver: Driver, name: str) -> None:
    """Put the cursor of the list on a dashboard."""
    screen = driver.app.screen
    assert isinstance(screen, DashboardsScreen)
    screen.tree_.reveal([name])
    await driver.pilot.pause()
    assert screen.chosen is not None
    assert screen.chosen.found.id == name


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_it_is_drawn_and_saved_and_read_again(shop: Target, home: Path, size: tuple[int, int]) -> None:
    """The same keys as on a table; the file that is saved shows the same."""
    async with driven(shop, size=size, place="dashboards") as driver:
        await typing(driver, BY_SHOP)
        await driver.press("f5")
        await driver.sees("query  k bar ▾", "South", "3,200", "North", "1,600", "w save")
        await driver.press("w")
        await driver.sees("Save as a dashboard", "Query: taken by shop")
        await driver.press("enter")
        await driver.sees("Saved as")
        await driver.press("5")
        await driver.sees("✓ Query: taken by shop")
        await driver.press("n")
        await driver.sees("A dashboard from a query", "FROM sale")
        await driver.press("escape")
        await driver.sees("✓ Query: taken by shop")
        await choose(driver, "query-taken-by-shop")
        await driver.press("enter")
        await driver.sees("every 1 m", "South", "3,200")
    [path] = (home / "config" / "dashboards").iterdir()
    assert path.name == "query-taken-by-shop.toml"
    saved = finding.read(path, Origin.USER)
    assert [str(each) for each in saved.requires] == ["table:public.sale"]


async def test_enter_sends_what_ends_with_a_semicolon(shop: Target) -> None:
    """As in psql; before that it begins a new line. The text is there still when one comes back."""
    async with driven(shop, place="dashboards") as driver:
        area = await typing(driver, "SELECT shop,")
        await driver.press("enter")
        assert area.text == "SELECT shop,\n"
        area.post_message(Paste("sum(amount) AS taken FROM sale GROUP BY 1; -- no"))
        await driver.pilot.pause()
        await driver.press("enter")
        assert area.text.endswith("no\n")
        await paste(driver, BY_SHOP + "\n;")
        await driver.press("enter")
        await driver.sees("query  k bar ▾", "3,200")
        await driver.press("escape")
        await driver.sees("A dashboard from a query", "GROUP BY 1 -- mine")


WRONG: list[tuple[str, tuple[int, int] | None, str]] = [
    ("SELECT shop,\n  amuont FROM sale", (1, 2), 'column "amuont" does not exist'),
    ("-- mine\n\n  SELECT 1 FORM sale", (2, 16), "Line 3, column 17"),
    ("SELECT 1;\nSELECT 2", (1, 0), "There are 2 statements"),
    ("DELETE FROM sale", None, "No chart can be made of this"),
    ("EXPLAIN SELECT 1", None, "No chart can be made of this"),
    ("SELECT * INTO other FROM sale", None, "may do more than read"),
    ("SELECT * FROM sale FOR UPDATE", None, "may do more than read"),
    ("SELECT nudge()", None, "it would call what may write"),
    ("SELECT pg_reload_conf()", None, "may do more than read"),
    ("SELECT 1 / (amount - 10) FROM sale", None, "division by zero"),
    ("SELECT FROM sale", None, "gives no columns"),
]


async def test_what_is_wrong_is_said_beside_the_text(shop: Target) -> None:
    """The cursor goes to the place, and what was typed stays."""
    async with driven(shop, place="dashboards") as driver:
        await typing(driver, "")
        for sql, place, said in WRONG:
            area = await paste(driver, sql)
            await driver.press("f5")
            await driver.sees("✗ ", said)
            await driver.pilot.pause()
            assert area.text == sql
            assert area.has_focus
            assert place is None or area.cursor_location == place


async def test_a_statement_that_takes_long_is_ended(shop: Target) -> None:
    """It says since when it is read; escape ends it on the server, and the text stays."""
    async with driven(shop, place="dashboards") as driver:
        area = await typing(driver, "SELECT count(*) FROM generate_series(1, 1000000000000) AS n")
        await driver.press("f5")
        await driver.sees("reading for ", "escape ends it")
        await driver.press("escape")
        await driver.sees("was cancelled; the server has confirmed it")
        assert area.text
        assert isinstance(driver.app.screen, QueryScreen)


def is_drawn(screen: Screen[Any]) -> bool:
    """Return whether what is drawn has been read, not only what was said of it."""
    return isinstance(screen, ChartScreen) and screen.view.sample is not None


RESULTS = [
    ("SELECT * FROM sale WHERE false", ["no rows"]),
    ("SELECT 42 AS answer", ["answer", "k number ▾"]),
    ("SELECT 1, 2, 3", ["k number ▾", "?column?_2"]),
    ("VALUES ('a', 1), ('b', 2)", ["k bar ▾", "a █"]),
    ("SELECT " + ", ".join(f"{n} AS c{n}" for n in range(40)), ["c0", "c7"]),
    ("SELECT E'\\x1b[31m' || n AS \"[bold]x\", n FROM generate_series(1, 3) n", ["␛[31m2", "[bold]x"]),
    ("SELECT '5%' AS part, 7 AS n UNION SELECT '9%', 8", ["5%", "9%"]),
    ("SELECT count(*) AS n FROM sale WHERE at >= %(since)s AND at < %(until)s", ["k number ▾", "c n ▾"]),
]


async def test_results_as_they_come(shop: Target, home: Path) -> None:
    """Each is drawn at 80×24, and saved as a file that can be read."""
    saved = home / "config" / "dashboards"
    async with driven(shop, size=(80, 24), place="dashboards") as driver:
        await typing(driver, "")
        for place, (sql, seen) in enumerate(RESULTS):
            await paste(driver, sql)
            await driver.press("f5")
            await driver.sees("w save", *seen)
            await until(driver, lambda: is_drawn(driver.app.screen))
            await driver.press("w")
            await driver.sees("Save as a dashboard")
            await driver.press("home", "shift+end")
            await driver.type(f"result {place}")
            await driver.press("enter")
            async with asyncio.timeout(PATIENCE):
                while not (saved / f"result-{place}.toml").exists():
                    await driver.pilot.pause(0.02)
            await driver.press("escape")
            await driver.sees("A dashboard from a query")
            driver.app.clear_notifications()  # so many of them would hide the next chart
    assert all(isinstance(finding.read(file, Origin.USER), Dashboard) for file in saved.iterdir())
    assert len(list(saved.iterdir())) == len(RESULTS)


async def test_the_period_of_a_result_is_chosen(shop: Target) -> None:
    """Of what was saved, by its time; and of a statement that asks for one itself."""
    async with driven(shop, place="dashboards") as driver:
        await typing(driver, "SELECT at, amount FROM sale")
        await driver.press("f5")
        await driver.sees("from 10 to 240", "w save")
        await driver.press("w")
        await driver.sees("Save as a dashboard")
        await driver.press("enter")
        await driver.sees("Saved as")
        await driver.press("5")
        await driver.sees("✓ Query: sum of amount, a day")
        await choose(driver, "query-sum-of-amount-a-day")
        await driver.press("enter")
        await driver.sees("p all time ▾", "from 10 to 240")
        await driver.press("p")
        await driver.sees("last 24 hours")
        await driver.press("home", "enter")
        await driver.sees("p last 24 hours ▾", "no rows")


async def test_what_is_pasted_is_harmless(shop: Target) -> None:
    """A terminal would act on it."""
    async with driven(shop, place="dashboards") as driver:
        area = await typing(driver, "SELECT '\x1b[31m',\r\n\t1")
        assert "\x1b" not in area.text
        assert area.document.line_count == 2
