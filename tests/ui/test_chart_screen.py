"""A chart of any relation on a real database: what is proposed, changed, saved, and then among the dashboards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.ui.screens.charting import reading
from console.ui.screens.charting.reading import Charted, Subject
from console.ui.screens.charting.screen import ChartScreen
from console.ui.screens.schema.screen import SchemaScreen
from tests.databases import Databases
from tests.ui.driving import PATIENCE, Driver, driven

SHOP = """
CREATE TABLE sale (id int PRIMARY KEY, at timestamptz, shop text, amount numeric, v float8[]);
INSERT INTO sale SELECT n, '2026-03-01 00:07+00'::timestamptz + interval '1 hour' * n, CASE n % 3 WHEN 0 THEN 'North'
  ELSE 'South' END, 10, ARRAY[n] FROM generate_series(1, 480) AS n;
CREATE VIEW by_shop AS SELECT shop, sum(amount) AS taken FROM sale GROUP BY 1;
CREATE VIEW stats AS SELECT count(*) AS sales, sum(amount) AS taken FROM sale;
CREATE VIEW endless AS SELECT count(*) AS n FROM generate_series(1, 1000000000000);
CREATE FUNCTION nudge() RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO sale VALUES (0); RETURN 1; END';
CREATE VIEW nudging AS SELECT nudge() AS taken;
"""


@pytest.fixture
def shop(make_database: Callable[..., Target], home: Path) -> Target:
    """Return a database with 480 sales in 20 days: 160 in North, 320 in South, 10 each."""
    return make_database(SHOP)


async def find(driver: Driver, name: str) -> None:
    """Go to a relation."""
    await driver.sees("Schema ·")
    await driver.press("slash")
    await driver.type(name)
    await driver.sees("Find in", f"public.{name}")
    await driver.press("enter")
    await driver.sees_no_more("Find in")


async def chart(driver: Driver, name: str) -> None:
    """Find a relation, and draw it."""
    await find(driver, name)
    await driver.press("c")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_a_view_is_drawn_at_once(shop: Target, size: tuple[int, int]) -> None:
    """A name and a number are bars."""
    async with driven(shop, size=size) as driver:
        await chart(driver, "by_shop")
        await driver.sees("public.by_shop  k bar ▾", "South", "3,200", "North", "1,600", "[ 1 of ", "w save")


async def test_what_is_typed_before_the_chart_is_there_waits_for_it(
    shop: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, may_look = asyncio.Event(), asyncio.Event()

    async def look(session: Session, subject: Subject) -> Charted:
        looks.set()
        await may_look.wait()
        return await reading.look(session, subject)

    held = SimpleNamespace(**vars(reading) | {"look": look})
    async with driven(shop) as driver:
        monkeypatch.setattr("console.ui.screens.charting.screen.reading", held)
        await chart(driver, "by_shop")
        async with asyncio.timeout(PATIENCE):
            await looks.wait()
            await driver.press("w")
            while driver.app.postponed is None:
                await driver.pilot.pause(0.02)
        may_look.set()
        await driver.sees("Save as a dashboard", "South")


async def test_it_is_read_anew_when_asked(shop: Target, databases: Databases) -> None:
    """Till then it is of the rows that were looked at, however it is drawn; afterwards nothing is of older ones."""
    async with driven(shop) as driver:
        await chart(driver, "by_shop")
        await driver.sees("South", "3,200")
        with databases.connect(shop) as connection:
            connection.execute("UPDATE sale SET amount = 20")
        await driver.press("r")
        await driver.sees("South", "6,400")
        await driver.press("right_square_bracket")
        await driver.sees("[ 2 of ")
        await driver.press("left_square_bracket")
        await driver.sees("[ 1 of ", "6,400")


async def test_everything_can_be_changed(shop: Target) -> None:
    """Unit, gathering, kind, columns: each by a key and a short list, seen at once."""
    async with driven(shop) as driver:
        await chart(driver, "sale")
        await driver.sees("k line ▾  c at, amount ▾  g sum a day ▾  u unit ▾", "from 10 to 240")
        await driver.press("u")
        await driver.sees("another …")
        await driver.press("down", "enter")
        await driver.sees("u USD ▾", "$ 240", "changed")
        await driver.press("g")
        await driver.sees("Of several rows")
        await driver.press("up", "enter")
        await driver.sees("times as they are")
        await driver.press("enter")
        await driver.sees("g count a day ▾", "rows, a day", "from 1 to 24")
        await driver.press("k")
        await driver.sees("Draw as")
        await driver.press("down", "down", "enter")
        await driver.sees("k bar ▾  c shop, amount ▾  g sum ▾", "3,200", "[ 4 of ")
        await driver.press("c")
        await driver.sees("Columns", "label: shop")
        await driver.press("enter")
        await driver.sees("Label")
        await driver.press("down", "enter")
        await driver.sees("c amount, amount ▾", "4,800")


async def test_it_is_saved_and_then_among_the_dashboards(shop: Target, home: Path) -> None:
    """Under a title that no other has."""
    async with driven(shop) as driver:
        await driver.sees("Schema ·")
        await driver.press("5")
        await driver.sees("Dashboards ·", "Monitoring")
        await driver.press("1")
        await chart(driver, "by_shop")
        await driver.sees("3,200")
        await driver.press("w")
        await driver.sees("Save as a dashboard", "By shop: taken by shop")
        await driver.press("enter")
        await driver.sees("Saved as")
        await driver.press("w")
        await driver.sees("Save as a dashboard")
        await driver.press("enter")
        await driver.sees("already")
        await driver.press("escape", "5")
        await driver.sees("✓ By shop: taken by shop")
        await driver.press("home", "enter")
        await driver.sees("every 1 m", "South", "3,200")
    assert [path.name for path in (home / "config" / "dashboards").iterdir()] == ["by-shop-taken-by-shop.toml"]


async def test_a_period_is_chosen_of_what_was_saved(shop: Target) -> None:
    """Rows with a time have one: all time to begin with, which is what was seen."""
    async with driven(shop) as driver:
        await chart(driver, "sale")
        await driver.sees("from 10 to 240")
        await driver.press("w")
        await driver.sees("Sale: sum of amount, a day")
        await driver.press("enter")
        await driver.sees("Saved as")
        await driver.press("escape", "5")
        await driver.sees("✓ Sale: sum of amount, a day")
        await driver.press("home", "down", "enter")
        await driver.sees("p all time ▾", "from 10 to 240")
        await driver.press("p")
        await driver.sees("last 24 hours")
        await driver.press("home", "enter")
        await driver.sees("p last 24 hours ▾", "no rows")


async def test_what_may_write_is_not_read(shop: Target) -> None:
    """It says why, and there is nothing to save."""
    async with driven(shop) as driver:
        await chart(driver, "nudging")
        await driver.sees("✗ This is not run, since it would call what may write.", "r tries again")
        await driver.press("w")
        await driver.sees("There is no chart yet.")


@pytest.mark.parametrize(("key", "said"), [("ctrl+c", "the server has confirmed it"), ("escape", "Views")])
async def test_a_view_that_takes_long(shop: Target, databases: Databases, key: str, said: str) -> None:
    """It says what it reads, for how long, and how that ends; leaving it ends it, too, and nothing runs on."""
    running = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state = 'active' AND query ~ 'endless'"
    async with driven(shop) as driver:
        await chart(driver, "endless")
        await driver.sees("public.endless", "reading for 1 s …", "ctrl+c ends it on the server")
        await driver.press(key)
        await driver.sees(said)
        with databases.connect() as connection:
            async with asyncio.timeout(PATIENCE):
                while connection.execute(running, [shop.database]).fetchone() != (0,):
                    await driver.pilot.pause(0.02)


async def test_rows_that_meet_a_condition(shop: Target) -> None:
    """From the rows, what is drawn is what is shown there."""
    async with driven(shop) as driver:
        await find(driver, "sale")
        await driver.press("b")
        await driver.sees("North")
        await driver.press("w")
        await driver.sees("A condition in SQL")
        await driver.type("shop = 'North' -- only")
        await driver.press("enter")
        await driver.sees("where shop = 'North'")
        await driver.press("c")
        await driver.sees("g each row ▾", "from 10 to 10")
        screen = driver.app.screen
        assert isinstance(screen, ChartScreen)
        assert screen.charted is not None
        assert len(screen.charted.rows.rows) == 160
        await driver.press("escape")
        await driver.sees("where shop = 'North'")
        assert not [each for each in driver.app.shown if isinstance(each, ChartScreen)]


async def test_a_statement(shop: Target) -> None:
    """The result of a query is drawn as a relation is."""
    async with driven(shop) as driver:
        await driver.sees("Schema ·")
        sql = "SELECT shop, count(*) AS sales FROM public.sale GROUP BY 1 -- mine"
        await driver.app.push_screen(ChartScreen(Subject("mine", sql=sql)))
        await driver.sees("mine  k bar ▾  c shop, sales ▾", "South", "320", "North", "160")


@pytest.mark.parametrize("before", [(), ("5",)], ids=["in sight", "below another screen"])
async def test_it_goes_with_its_database(
    shop: Target, make_database: Callable[..., Target], before: tuple[str, ...]
) -> None:
    """Another database is opened: the schema is shown, not a chart of what is not there any more."""
    other = make_database("CREATE TABLE elsewhere ()")
    async with driven(shop, other) as driver:
        await chart(driver, "by_shop")
        await driver.sees("3,200")
        await driver.press(*before)
        driver.app.open(other.name)
        await driver.sees_no_more(f"{shop.name} ●")
        await driver.press(*(["1"] if before else []))
        await driver.sees("elsewhere")
        assert isinstance(driver.app.screen, SchemaScreen)
