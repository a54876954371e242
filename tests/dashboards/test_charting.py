"""The statements of charts on a real server against direct queries, and the file that is saved of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from console.dashboards import fits
from console.dashboards.charting.chart import Chart, Gather
from console.dashboards.charting.charting import Source, dashboard, panel
from console.dashboards.definition import Kind
from console.dashboards.drawing.draw import draw
from console.dashboards.files import saving
from console.dashboards.files.file import parse
from console.dashboards.parameters import values
from console.dashboards.reading.reading import read_panel
from console.db.query import Query
from console.db.session import Session
from console.drawing.picture import plain
from tests.dashboards.samples import NOW

SHOP = """
CREATE SCHEMA "Odd one";
CREATE TABLE "Odd one"."sale %" ("at" timestamptz, "Shop" text, amount numeric, "order" int);
INSERT INTO "Odd one"."sale %" SELECT '2026-03-01 23:30+00'::timestamptz + interval '1 hour' * n,
  CASE n % 3 WHEN 0 THEN 'North' ELSE 'South' END, n, n % 7 FROM generate_series(0, 99) AS n;
"""
TABLE = '"Odd one"."sale %"'
SALES = Source(
    "sale %",
    ("at", "Shop", "amount", "order"),
    schema="Odd one",
    name="sale %",
    kind="table",
    times=frozenset({"at"}),
    numbers=frozenset({"amount", "order"}),
)
LINE = Chart(Kind.LINE, {"time": "at"}, ("amount",))

CASES = [
    pytest.param(LINE, f"SELECT at, amount FROM {TABLE} ORDER BY at DESC", id="each row"),
    pytest.param(
        replace(LINE, gather=Gather.SUM, step="day"),
        f"SELECT date_trunc('day', at, 'UTC'), sum(amount) FROM {TABLE} GROUP BY 1 ORDER BY 1 DESC",
        id="sum a day",
    ),
    pytest.param(
        replace(LINE, gather=Gather.AVERAGE, columns={"time": "at", "series": "Shop"}, step="month"),
        f"SELECT date_trunc('month', at, 'UTC'), \"Shop\", avg(amount) FROM {TABLE} GROUP BY 1, 2 ORDER BY 1 DESC",
        id="average of each shop",
    ),
    pytest.param(
        Chart(Kind.BAR, {"label": "Shop"}, gather=Gather.COUNT),
        f'SELECT "Shop", count(*) FROM {TABLE} GROUP BY 1 ORDER BY 2 DESC',
        id="how many, the most first",
    ),
    pytest.param(
        Chart(Kind.BAR, {"label": "order"}, ("amount",), Gather.MOST),
        f'SELECT "order", max(amount) FROM {TABLE} GROUP BY 1 ORDER BY 1',
        id="numbers as names keep their order",
    ),
    pytest.param(
        Chart(Kind.BAR, {"label": "order"}, ("order",), Gather.SUM),
        f'SELECT "order", sum("order") FROM {TABLE} GROUP BY 1 ORDER BY 1',
        id="a column that is name and number",
    ),
    pytest.param(
        Chart(Kind.NUMBER, {}, ("amount", "order"), Gather.LEAST),
        f'SELECT min(amount), min("order") FROM {TABLE}',
        id="numbers of all rows",
    ),
    pytest.param(Chart(Kind.NUMBER, gather=Gather.COUNT), f"SELECT count(*) FROM {TABLE}", id="how many"),
]


@pytest.fixture
async def shop(make_database: Callable[..., Target]) -> Any:
    """Return a session on a database with 100 sales."""
    async with await Session.open(make_database(SHOP)) as session:
        yield session


@pytest.mark.parametrize(("chart", "direct"), CASES)
async def test_it_reads_what_a_direct_query_reads(shop: Session, chart: Chart, direct: str) -> None:
    """And what it has read can be drawn."""
    made = panel(SALES, chart)
    sample = await read_panel(shop, made, {})
    [expected] = await shop.read(Query(direct), doing="asking directly")  # type: ignore[arg-type]
    assert list(map(comparable, sample.rows)) == list(map(comparable, expected))
    picture = plain(draw(made, [sample], 60, 10, now=NOW))
    assert picture
    assert not any(words in picture for words in (" needs ", " has to be "))


async def test_a_condition_and_a_statement(shop: Session) -> None:
    """Rows can be fewer by a condition, or come of a statement with a comment at its end."""
    count = Chart(Kind.NUMBER, gather=Gather.COUNT)
    fewer = replace(SALES, condition="amount < 10 OR amount >= 90 -- the ends")
    other = Source("mine", sql=f'SELECT "Shop" FROM {TABLE} WHERE "Shop" LIKE \'N%\' -- north')
    assert [(await read_panel(shop, panel(each, count), {})).rows for each in (fewer, other)] == [((20,),), ((34,),)]


async def test_what_is_saved_reads_back(shop: Session, home: Path) -> None:
    """A file is written that fits the database, whatever its names are, and asks for the same."""
    made = dashboard(SALES, replace(LINE, gather=Gather.SUM, step="day", unit="EUR"), "Sales, as they are")
    path = saving.save(made, {"DBCONSOLE_HOME": str(home)})
    read = parse(path.read_bytes(), path)
    assert path.name == "sales-as-they-are.toml"
    assert read.panels == made.panels
    assert fits.fit(read, await fits.there(shop, fits.asked([read]))).ok


EACH = Chart(Kind.TABLE)
COUNT = Chart(Kind.NUMBER, gather=Gather.COUNT)


@pytest.mark.parametrize(
    ("source", "chart", "word", "condition"),
    [
        pytest.param(SALES, LINE, "1d", "at >= '2026-03-04' AND at < '2026-03-05'", id="a day"),
        pytest.param(SALES, COUNT, "last month", "at >= '2026-02-01' AND at < '2026-03-01'", id="of a count, too"),
        pytest.param(SALES, COUNT, "all", "true", id="all, without a time and to come"),
        pytest.param(
            replace(SALES, condition="amount < 80 OR false"),
            EACH,
            "2d",
            "at >= '2026-03-03' AND amount < 80 AND at < '2026-03-05'",
            id="rows",
        ),
        pytest.param(
            Source("mine", ("at",), sql=f"SELECT at FROM {TABLE}", times=SALES.times),
            COUNT,
            "1d",
            "at >= '2026-03-04' AND at < '2026-03-05'",
            id="of a statement",
        ),
    ],
)
async def test_a_period_can_be_chosen_of_what_was_saved(
    make_database: Callable[..., Target], source: Source, chart: Chart, word: str, condition: str
) -> None:
    """The rows are those of a direct query with the moments written out."""
    database = make_database(f"{SHOP} INSERT INTO {TABLE} VALUES (NULL, 'East', 1, 1), ('2035-01-01', 'East', 1, 1);")
    made = dashboard(source, chart, "Sales")
    chosen = values(made, {"period": word}, datetime(2026, 3, 5, tzinfo=UTC))
    direct = Query(f"SELECT count(*) FROM {TABLE} WHERE {condition}")  # type: ignore[arg-type]
    async with await Session.open(database) as session:
        sample = await read_panel(session, made.panels["chart"], chosen)
        [[(many,)]] = await session.read(direct, doing="asking directly")
    assert (sample.rows[0][0] if chart is COUNT else len(sample.rows)) == many


def test_without_a_time_there_is_no_period() -> None:
    """So it is where a condition has the sign of a parameter as a text: it would be taken for one."""
    hostile = replace(SALES, condition="\"Shop\" <> '%(since)s'")
    assert [each.id for each in dashboard(SALES, COUNT, "a").parameters] == ["period"]
    assert [dashboard(each, COUNT, "a").parameters for each in (replace(SALES, times=frozenset()), hostile)] == [(), ()]


async def test_names_like_parameters(make_database: Callable[..., Target]) -> None:
    """They are names, in what is drawn and in the file."""
    name = 'a "%(since)s" \\ \x1b b'
    quoted = '"' + name.replace('"', '""') + '"'
    database = make_database(f'CREATE TABLE {quoted} AS SELECT now() AS {quoted}, 7 AS "%(x)s"')
    numbers = frozenset({"%(x)s"})
    source = Source(name, (name, "%(x)s"), "public", name, "table", times=frozenset({name}), numbers=numbers)
    made = dashboard(source, Chart(Kind.LINE, {"time": name}, ("%(x)s",)), "Odd")
    read = parse(saving.text(made).encode(), Path("odd.toml"))
    async with await Session.open(database) as session:
        sample = await read_panel(session, read.panels["chart"], values(read, {"period": "all"}, NOW))
        assert fits.fit(read, await fits.there(session, fits.asked([read]))).ok
    assert ([head.name for head in sample.heads], sample.rows[0][1]) == ([name, "%(x)s"], 7)


def comparable(row: Iterable[Any]) -> list[Any]:
    """Return a row in which numbers of all types compare."""
    return [float(value) if hasattr(value, "__float__") else value for value in row]
