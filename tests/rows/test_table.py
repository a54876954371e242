"""A table of any size: read from both ends, kept on disk, in bounded memory, nothing held open in between."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from console.config.profile import Target
from console.db.compose import SQL
from console.db.guard import consent
from console.db.query import Query
from console.db.session import Session
from console.errors import Refused, UsageError
from console.rows import relation, table
from console.rows.blocks import BlockPager
from console.rows.filter import ByColumn, Condition, Filter
from console.rows.order import Sort
from console.rows.paging import End, View
from console.rows.result import QueryRows
from console.rows.table import TableRows
from tests.databases import Databases

LARGE = """
CREATE TABLE keyed AS
    SELECT i AS id, 'row ' || i AS name, i * 1.5 AS amount, CASE WHEN i % 3 = 0 THEN NULL ELSE i % 1000 END AS grp
    FROM generate_series(1, 200000) i;
ALTER TABLE keyed ADD PRIMARY KEY (id);
CREATE TABLE bare AS SELECT * FROM keyed;
CREATE VIEW seen AS SELECT * FROM keyed;
ANALYZE keyed;
"""
SMALL = """
CREATE TABLE keyed AS SELECT i AS id, 'row ' || i AS name, nullif(i % 10, 3) AS grp FROM generate_series(1, 5000) i;
ALTER TABLE keyed ADD PRIMARY KEY (id);
CREATE TABLE bare AS SELECT * FROM keyed;
CREATE TABLE maybe (a int UNIQUE, b text);
INSERT INTO maybe SELECT NULL, 'x' || i FROM generate_series(1, 300) i;
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child () INHERITS (parent);
INSERT INTO parent SELECT i FROM generate_series(1, 10) i;
INSERT INTO child SELECT i FROM generate_series(1, 10) i;
CREATE TABLE parted (id int) PARTITION BY HASH (id);
CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 1, REMAINDER 0);
INSERT INTO parted SELECT i FROM generate_series(1, 50) i;
CREATE VIEW seen AS SELECT * FROM keyed ORDER BY id;
CREATE MATERIALIZED VIEW kept AS SELECT * FROM keyed;
CREATE FUNCTION writes() RETURNS int LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
CREATE VIEW hidden AS SELECT writes() AS w;
CREATE TABLE empty (id int PRIMARY KEY);
CREATE TABLE no_columns ();
INSERT INTO no_columns DEFAULT VALUES;
CREATE SEQUENCE counter;
"""


Opened: TypeAlias = Callable[..., Awaitable[TableRows | QueryRows]]


@pytest.fixture
async def opened() -> AsyncIterator[Opened]:
    """Open the rows of a table of the schema public, closed when the test ends."""
    made: list[TableRows | QueryRows] = []

    async def open_rows(session: Session, name: str, **wanted: Any) -> TableRows | QueryRows:
        made.append(await table.open(session, "public", name, **wanted))
        return made[-1]

    yield open_rows
    for rows in made:
        await rows.close()


@pytest.fixture(scope="module")
def small_database(databases: Databases) -> Iterator[Target]:
    """A database that no test changes."""
    target = databases.make(SMALL)
    yield target
    databases.drop(target)


@pytest.fixture
async def small(small_database: Target) -> AsyncIterator[Session]:
    """A session on the database that no test changes."""
    async with await Session.open(small_database, what="test") as session:
        yield session


@pytest.fixture
async def changing(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    """A session on a database of the test's own."""
    async with await Session.open(make_database(SMALL), what="test") as session:
        yield session


async def read_all(rows: TableRows | QueryRows, step: int = 100) -> list[tuple[str | None, ...]]:
    """Read on as a person who scrolls down would."""
    while not rows.complete:
        known = rows.counted
        await rows.fetch(known, known + step)
    found = [rows.row(index) for index in range(len(rows))]
    assert None not in found
    return [row for row in found if row is not None]


def memory() -> float:
    """The megabytes this process has in memory."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


@pytest.mark.parametrize("name", ["keyed", "bare"])
async def test_many_rows_to_the_end_and_back(make_database: Callable[..., Target], name: str, opened: Opened) -> None:
    async with await Session.open(make_database(LARGE), what="test") as session:
        await session.read()
        before = memory()
        rows = await opened(session, name)
        await rows.fetch(0, 80)
        assert rows.row(0) == ("1", "row 1", "1.5", "1")
        assert rows.estimate == pytest.approx(200_000, rel=0.2)
        await rows.fetch_end()
        assert rows.row(len(rows) - 1) == ("200000", "row 200000", "300000.0", "0")
        assert not rows.complete
        assert rows.row(len(rows) // 2) is None
        while not rows.complete:
            await rows.fetch(rows.counted, rows.counted + 100)
        assert len(rows) == rows.counted == rows.estimate == 200_000
        for index in range(len(rows) - 1, -1, -997):
            row = rows.row(index)
            assert row is not None
            assert row[0] == str(index + 1)
        assert memory() - before < 12  # of 20 for a million rows


@pytest.mark.parametrize("name", ["keyed", "bare", "kept"])
@pytest.mark.parametrize("sort", [None, Sort("grp"), Sort("grp", descending=True)])
async def test_every_row_comes_once(small: Session, name: str, sort: Sort | None, opened: Opened) -> None:
    rows = await opened(small, name, sort=sort)
    found = await read_all(rows)
    assert sorted(int(row[0] or 0) for row in found) == list(range(1, 5001))
    if sort is not None:
        groups = [row[2] for row in found]
        nulls = groups[:500] if sort.descending else groups[-500:]
        assert set(nulls) == {None}


@pytest.mark.parametrize("name", ["keyed", "bare"])
async def test_after_the_end_one_reads_backwards_until_the_runs_meet(small: Session, name: str, opened: Opened) -> None:
    rows = await opened(small, name)
    await rows.fetch(0, 50)
    await rows.fetch_end()
    top = len(rows) - 1
    assert rows.row(top) == ("5000", "row 5000", "0")
    while not rows.complete:
        gap = next(index for index in range(len(rows) - 1, -1, -1) if rows.row(index) is None)
        await rows.fetch(gap - 40, gap)
    assert [rows.row(index) for index in (0, 2499, 4999)] == [
        ("1", "row 1", "1"),
        ("2500", "row 2500", "0"),
        ("5000", "row 5000", "0"),
    ]


@pytest.mark.parametrize("name", ["keyed", "bare"])
@pytest.mark.parametrize("wanted", [None, ByColumn("id", "<=", "3000")])
async def test_an_estimate_may_be_wrong(small: Session, opened: Opened, name: str, wanted: Filter | None) -> None:
    rows = await opened(small, name, filter=wanted)
    await rows.fetch(0, 50)
    await rows.fetch_end()
    while not rows.complete:
        assert len(rows) > rows.counted
        missing = [index for index in range(len(rows)) if rows.row(index) is None]
        await rows.fetch(missing[len(missing) // 2], missing[len(missing) // 2] + 40)
    found = [row[0] for row in await read_all(rows)]
    assert found == [str(number) for number in range(1, 5001 if wanted is None else 3001)]


async def test_no_transaction_is_open_between_two_readings(
    changing: Session, databases: Databases, opened: Opened
) -> None:
    rows = await opened(changing, "keyed")
    await rows.fetch(0, 10)
    with databases.connect(changing.target) as watcher:
        states = watcher.execute(
            "SELECT state FROM pg_stat_activity WHERE application_name = 'dbconsole/test'"
        ).fetchall()
        watcher.execute("ALTER TABLE keyed ADD COLUMN more int")  # would wait for a reader that is still there
    assert states == [("idle",)]
    assert len(await read_all(rows)) == 5000


@pytest.mark.parametrize("name", ["keyed", "bare"])
async def test_rows_may_come_and_go_meanwhile(
    changing: Session, databases: Databases, name: str, opened: Opened
) -> None:
    rows = await opened(changing, name)
    await rows.fetch(0, 10)
    with databases.connect(changing.target) as other:
        other.execute(f"DELETE FROM {name} WHERE id BETWEEN 190 AND 400")
        other.execute(f"INSERT INTO {name} SELECT i, 'new' FROM generate_series(5001, 5100) i")
        other.execute("VACUUM")
    found = await read_all(rows)
    ids = [int(row[0] or 0) for row in found]
    assert len(set(ids)) == len(ids)
    assert set(ids) >= {*range(1, 190), *range(401, 5001)}
    with databases.connect(changing.target) as other:
        other.execute(f"TRUNCATE {name}")
    again = await opened(changing, name)
    assert await read_all(again) == []


@pytest.mark.parametrize(
    ("name", "count", "note"),
    [
        ("keyed", 5000, "by key keyed_pkey"),
        ("bare", 5000, "by block, there is no key"),
        ("maybe", 300, "by block, there is no key"),
        ("kept", 5000, "by block, there is no key"),
        ("parent", 20, "all 20 rows of a table"),
        ("parted", 50, "all 50 rows of a partitioned table"),
        ("seen", 5000, "all 5,000 rows of a view"),
        ("empty", 0, "by key empty_pkey"),
        ("no_columns", 1, "by block, there is no key"),
        ("counter", 1, "all 1 rows of a sequence"),
    ],
)
async def test_each_kind_of_relation_is_read_its_way(
    small: Session, name: str, count: int, note: str, opened: Opened
) -> None:
    rows = await opened(small, name)
    assert len(await read_all(rows)) == count
    assert rows.note == note


async def test_a_window_says_that_there_is_more(make_database: Callable[..., Target], opened: Opened) -> None:
    sql = "CREATE VIEW many AS SELECT i FROM generate_series(1, 20000) i"
    async with await Session.open(make_database(sql), what="test") as session:
        rows = await opened(session, "many", sort=Sort("i", descending=True))
        await rows.fetch_end()
        assert (len(rows), rows.complete, rows.note) == (10_000, True, "first 10,000 rows of a view; there are more")
        assert rows.row(0) == ("20000",)


FILTERS: list[tuple[Filter, int]] = [
    (ByColumn("id", "=", "7"), 1),
    (ByColumn("id", "<>", "7"), 4999),
    (ByColumn("id", "between", "10", "19"), 10),
    (ByColumn("id", "<", "11"), 10),
    (ByColumn("id", "<=", "11"), 11),
    (ByColumn("id", ">", "4990"), 10),
    (ByColumn("id", ">=", "4990"), 11),
    (ByColumn("name", "contains", "ROW 499"), 11),
    (ByColumn("name", "contains", "%"), 0),
    (ByColumn("name", "contains", "_"), 0),
    (ByColumn("name", "contains", "'"), 0),
    (ByColumn("id", "contains", "99"), 95),
    (ByColumn("grp", "is null"), 500),
    (ByColumn("grp", "is not null"), 4500),
    (Condition("id % 2 = 0 AND name LIKE 'row 4%'"), 556),
    (Condition("id = 7 -- only that"), 1),
    (Condition("id = 7 /* only\nthat */"), 1),
    (Condition("id IN (SELECT min(k.id) FROM keyed AS k)"), 1),
    (Condition("lower(name) = 'row 7' OR name = '%s'"), 1),
]


@pytest.mark.parametrize(("wanted", "count"), FILTERS)
async def test_a_filter_takes_what_it_says(small: Session, wanted: Filter, count: int, opened: Opened) -> None:
    for name in ("keyed", "bare", "seen"):
        rows = await opened(small, name, filter=wanted)
        await rows.fetch_end()
        assert len(await read_all(rows)) == count


@pytest.mark.parametrize(
    ("name", "wanted"), [("hidden", None), ("keyed", Condition("writes() = 1")), ("bare", Condition("id = writes()"))]
)
async def test_what_may_write_is_named_and_agreed_to(
    small: Session, name: str, wanted: Filter | None, opened: Opened
) -> None:
    with pytest.raises(Refused) as caught:
        await opened(small, name, filter=wanted)
    assert "writes()" in caught.value.detail
    rows = await opened(small, name, filter=wanted, allow_functions=True)
    await rows.fetch(0, 10)
    assert len(rows) > 0


async def test_what_is_not_there_is_said(small: Session, opened: Opened) -> None:
    with pytest.raises(UsageError, match=r"no relation public\.nothing"):
        await opened(small, "nothing")
    with pytest.raises(UsageError, match="no column nothing"):
        await opened(small, "keyed", sort=Sort("nothing"))
    with pytest.raises(UsageError, match="no column nothing"):
        await opened(small, "keyed", filter=ByColumn("nothing", "is null"))


async def test_facts_and_first_page_are_a_round_trip_each(small: Session, opened: Opened) -> None:
    await small.read()
    before = small.trips
    rows = await opened(small, "keyed")
    await rows.fetch(0, 80)
    assert small.trips - before == 2


async def test_wide_rows_come_in_small_pages(make_database: Callable[..., Target], opened: Opened) -> None:
    sql = """CREATE TABLE wide (id int PRIMARY KEY, t text);
        ALTER TABLE wide ALTER COLUMN t SET STORAGE EXTERNAL;
        INSERT INTO wide SELECT i, repeat('x', 200000) FROM generate_series(1, 40) i"""
    target = make_database(sql)
    async with await Session.open(target, what="test") as session:
        async with session.alone(consent(target, action="vacuum")) as writer:
            await writer.execute("VACUUM ANALYZE wide")
        rows = await opened(session, "wide")
        await rows.fetch(0, 0)
        assert 0 < len(rows) < 10
        assert len(await read_all(rows)) == 40


async def test_behind_a_transaction_pooler(
    pooled: Target, databases: Databases, database: Target, opened: Opened
) -> None:
    with databases.connect(database) as filler:
        filler.execute(SMALL.encode())
    async with await Session.open(pooled, what="test") as session:
        for name in ("keyed", "bare", "seen"):
            assert len(await read_all(await opened(session, name), step=1000)) == 5000


async def test_blocks_are_read_as_ranges_and_never_sorted(small: Session) -> None:
    view = View(await relation.read(small, "public", "bare"), filter=ByColumn("id", ">", "0"))
    page, _ = BlockPager(view).queries(End.HEAD, 100)
    [plan] = await small.read(Query(SQL("EXPLAIN (COSTS off) {}").format(page.sql), page.params))
    assert "Tid Range Scan on bare t" in plan[0][0]
    assert "Sort" not in str(plan)
