"""Sizes are remembered hour by hour, by several consoles at once, and tell of a day and a month."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import stat
import time
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.config.profile import Target
from console.dashboards.definition import Dashboard
from console.dashboards.files.file import parse
from console.dashboards.reading.growth import FILE, Growth, grown
from console.dashboards.reading.polling import Poller
from console.dashboards.reading.reader import Reader
from console.dashboards.reading.sizes import DATABASE, HOUR, Reading, Sizes
from console.db.session import Session
from console.errors import UsageError
from tests.databases import Databases

DAY = 24 * HOUR
START = 1_790_000_000 // DAY * DAY


def hours(*sizes: int, every: int = HOUR) -> list[Reading]:
    return [(START + number * every, size) for number, size in enumerate(sizes)]


# readings, growth of a day, growth of a month
GROWN: list[tuple[str, list[Reading], int | None, int | None]] = [
    ("one reading", hours(100), None, None),
    ("five hours are too few", hours(*range(6)), None, None),
    ("six hours, made a day", hours(0, 1, 2, 3, 4, 5, 60), 240, None),
    ("a day exactly", [(START, 100), (START + DAY, 150)], 50, None),
    ("the last day, not those before", hours(0, 1000, 1010, every=DAY), 10, None),
    ("a week, made a month", hours(0, 1, 2, 3, 4, 5, 6, 70, every=DAY), 64, 300),
    ("the last 30 days", [(START, 5), (START + 10 * DAY, 100), (START + 40 * DAY, 400)], 10, 300),
    ("off for a weekend", [(START, 100), (START + 3 * DAY, 160)], 20, None),
    ("it shrank", [(START, 100), (START + DAY, 40)], -60, None),
]


@pytest.mark.parametrize(("readings", "day", "month"), [case[1:] for case in GROWN], ids=[case[0] for case in GROWN])
def test_growth_by_hand(readings: list[Reading], day: int | None, month: int | None) -> None:
    found = grown(readings)
    assert (found.day, found.month) == (day, month)
    assert found.size == readings[-1][1]
    assert found.since == datetime.fromtimestamp(readings[0][0], UTC)


@given(st.integers(-1000, 1000), st.integers(1, 60 * 24), st.sets(st.integers(1, 60 * 24)))
def test_steady_growth_is_found_whatever_is_missing(a_day: int, last: int, missing: set[int]) -> None:
    """What grows by the same every hour grows so, whichever hours nobody was there."""
    kept = sorted(({*range(last)} - missing) | {0, last})
    found = grown([(START + hour * HOUR, 10**9 + hour * a_day * 24) for hour in kept])
    assert found.day == (a_day * 24 * 24 if last >= 6 else None)
    assert found.month == (a_day * 24 * 24 * 30 if last >= 7 * 24 else None)


@pytest.fixture
def sizes(tmp_path: Path) -> Sizes:
    return Sizes(tmp_path / "private" / FILE, "here")


def test_the_first_of_an_hour_is_kept(sizes: Sizes) -> None:
    assert sizes.due(START)
    assert sizes.keep(START + 5.5, {DATABASE: 100, "public.t": 10})
    assert not sizes.due(START + HOUR - 1)
    assert not sizes.keep(START + 60, {DATABASE: 999})
    assert sizes.due(START + HOUR)
    assert sizes.keep(START + HOUR, {DATABASE: 110, "public.u": 1})
    assert sizes.readings() == {
        DATABASE: [(START + 5, 100), (START + HOUR, 110)],
        "public.t": [(START + 5, 10)],
        "public.u": [(START + HOUR, 1)],
    }
    assert sizes.readings(DATABASE) == {DATABASE: sizes.readings()[DATABASE]}


def test_a_clock_that_went_wrong_stops_nothing(sizes: Sizes) -> None:
    """A reading of next year neither keeps those of now away nor is shown before its time."""
    sizes.keep(START + 365 * DAY, {DATABASE: 999})
    assert sizes.due(START)
    assert sizes.keep(START, {DATABASE: 1})
    assert not sizes.keep(START, {DATABASE: 2})
    assert sizes.keep(START + HOUR, {DATABASE: 3})
    assert sizes.readings(until=START + DAY) == {DATABASE: [(START, 1), (START + HOUR, 3)]}
    assert len(sizes.readings()[DATABASE]) == 3


def test_each_database_has_its_own(sizes: Sizes) -> None:
    sizes.keep(START, {DATABASE: 1})
    there = Sizes(sizes.file, "there")
    assert there.due(START)
    assert there.readings() == {}


def test_the_file_is_private(sizes: Sizes) -> None:
    sizes.keep(START, {DATABASE: 1})
    assert stat.S_IMODE(sizes.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(sizes.file.parent.stat().st_mode) == 0o700


def remember(sizes: Sizes, rows: Iterable[tuple[str, int, int]]) -> None:
    """Write readings of names that are known behind the console's back: name, time, bytes."""
    with contextlib.closing(sqlite3.connect(sizes.file)) as file, file:
        sql = "INSERT INTO sizes SELECT id, ?, ?, ? FROM objects WHERE name = ?"
        file.executemany(sql, [(at // HOUR, at, size, name) for name, at, size in rows])


def test_old_hours_become_days_and_then_go(sizes: Sizes) -> None:
    sizes.keep(START, {DATABASE: 0, "t": 0, "gone": 0})
    hourly = [START + hour * HOUR for hour in range(1, 40 * 24)]
    remember(sizes, ((name, at, (at - START) // HOUR) for name in (DATABASE, "t") for at in hourly))
    now = START + 40 * DAY
    sizes.keep(now, {DATABASE: 1})
    kept = [at for at, _ in sizes.readings()[DATABASE]]
    assert [at for at in kept if at < now - 35 * DAY] == [START + day * DAY for day in range(5)]
    assert [at for at in kept if at >= now - 35 * DAY] == [now - 35 * DAY + hour * HOUR for hour in range(35 * 24 + 1)]
    assert grown(sizes.readings()["t"]).day == 24
    later = START + 800 * DAY
    sizes.keep(later, {DATABASE: 5})
    assert sizes.readings() == {DATABASE: [(later, 5)]}


def test_several_consoles_at_once(sizes: Sizes) -> None:
    def keep(number: int) -> int:
        mine = Sizes(sizes.file, "here")
        return sum(mine.keep(START + hour * HOUR, {DATABASE: number, f"t{number}": 1}) for hour in range(10))

    with ThreadPoolExecutor(4) as consoles:
        assert sum(consoles.map(keep, range(4))) == 10, "each hour by one of them"
    found = sizes.readings()
    assert [at for at, _ in found.pop(DATABASE)] == [START + hour * HOUR for hour in range(10)]
    assert sum(map(len, found.values())) == 10


@pytest.mark.parametrize("what", ["damaged", "newer", "folder", "cut off", "no room"])
def test_a_file_that_cannot_be_used(sizes: Sizes, what: str) -> None:
    sizes.keep(START, {DATABASE: 1})
    if what == "damaged":
        sizes.file.write_bytes(b"nothing of SQLite's" * 100)
    elif what == "newer":
        with contextlib.closing(sqlite3.connect(sizes.file)) as file:
            file.execute("PRAGMA user_version = 99")
    elif what == "cut off":
        sizes.file.write_bytes(sizes.file.read_bytes()[:5000])
    elif what == "no room":
        sizes.file.unlink()
        sizes.file.symlink_to("/dev/full")
    else:
        sizes.file.unlink()
        sizes.file.mkdir()
    with pytest.raises(UsageError, match="cannot be used") as raised:
        sizes.keep(START + HOUR, {DATABASE: 1})
    assert raised.value.detail


GROUND = """
CREATE SCHEMA "Odd one";
CREATE TABLE small (id int);
CREATE TABLE "Odd one"."Big.table" (id int PRIMARY KEY, text text);
INSERT INTO "Odd one"."Big.table" SELECT i, repeat('x', 100) FROM generate_series(1, 10000) i;
CREATE TABLE parted (id int) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF parted FOR VALUES FROM (0) TO (10000);
CREATE TABLE part_2 PARTITION OF parted FOR VALUES FROM (10000) TO (20000);
INSERT INTO parted SELECT i FROM generate_series(1, 15000) i;
CREATE VIEW seen AS SELECT * FROM small;
CREATE MATERIALIZED VIEW kept AS SELECT generate_series(1, 1000);
"""
FILE_OF_PANELS = b"""
title = "t"
layout = ["line number tables all"]
[panels.line]
title = "line"
kind = "line"
growth = "database"
[panels.number]
title = "number"
kind = "number"
growth = "database"
[panels.tables]
title = "tables"
kind = "table"
growth = "tables"
[panels.all]
title = "all"
kind = "table"
growth = "database"
"""


@pytest.fixture
def definition() -> Dashboard:
    return parse(FILE_OF_PANELS, Path("t.toml"))


@pytest.fixture
def target(make_database: Callable[..., Target]) -> Target:
    return make_database(GROUND)


@pytest.fixture
async def reader(target: Target, definition: Dashboard) -> AsyncIterator[Reader]:
    left = HOUR - time.time() % HOUR
    await asyncio.sleep(left if left < 30 else 0)  # the hour must not end in the midst of a test
    async with await Session.open(target, what="test") as session, Reader(session, definition) as opened:
        yield opened


async def test_panels_show_what_the_server_says(
    reader: Reader, definition: Dashboard, target: Target, databases: Databases
) -> None:
    with databases.connect(target) as connection:
        [(whole,)] = connection.execute("SELECT pg_database_size(current_database())").fetchall()
        sql = "SELECT sum(pg_total_relation_size(x)) FROM unnest(%s::regclass[]) AS x"
        names = {
            "public.small": ["small"],
            "Odd one.Big.table": ['"Odd one"."Big.table"'],
            "public.parted": ["part_1", "part_2"],
            "public.kept": ["kept"],
        }
        [*expected] = [(name, int(connection.execute(sql, [parts]).fetchall()[0][0])) for name, parts in names.items()]
    tables = await reader.read(definition.panels["tables"], {})
    assert sorted((row[0], row[1]) for row in tables.rows) == sorted(expected)
    assert tables.rows[0][0] == "Odd one.Big.table", "the largest first"
    assert [head.name for head in tables.heads] == ["name", "size", "per day", "per month", "since"]
    [own] = (await reader.read(definition.panels["all"], {})).rows
    assert own[0] == target.database
    assert own[1] == pytest.approx(whole, rel=0.01)
    assert own[2:4] == (None, None)
    line, number = [await reader.read(definition.panels[name], {}) for name in ("line", "number")]
    assert line.rows == number.rows == ((own[4], own[1]),)
    assert [head.role for head in line.heads] == ["time", "number"]
    assert isinstance(own[4], datetime)
    assert own[4].timestamp() == pytest.approx(time.time(), abs=600)


async def test_the_server_is_asked_once_an_hour(reader: Reader, definition: Dashboard, home: Path) -> None:
    for name in ("line", "tables", "all", "number") * 3:
        await reader.read(definition.panels[name], {})
    assert reader._connections._own[0].trips == 2, "which database it is, and its sizes"
    assert (home / "state" / FILE).exists()


async def test_the_hour_is_remembered_whatever_is_seen(reader: Reader, home: Path) -> None:
    """The panel may lie below the screen's end."""
    file, poller = home / "state" / FILE, Poller(reader, {}, news=lambda _: None)
    poller.show([])
    running = asyncio.create_task(poller.run())
    async with asyncio.timeout(60):
        while not file.exists() or not reader._growth._sizes or not reader._growth._sizes.readings():
            await asyncio.sleep(0.01)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


@pytest.mark.tool
async def test_the_same_database_by_another_way(
    target: Target, definition: Dashboard, poolers: Callable[[int], Any], home: Path
) -> None:
    for way in (target, poolers(2).target(target)):
        async with await Session.open(way, what="test") as session, Reader(session, definition) as reader:
            assert len((await reader.read(definition.panels["line"], {})).rows) == 1
    with contextlib.closing(sqlite3.connect(home / "state" / FILE)) as file:
        assert file.execute("SELECT count(DISTINCT place), count(DISTINCT name) FROM objects").fetchall() == [(1, 5)]


async def test_a_locked_table_holds_up_nothing(
    reader: Reader, definition: Dashboard, target: Target, databases: Databases
) -> None:
    with databases.connect(target) as connection, connection.transaction():
        connection.execute("LOCK TABLE small IN ACCESS EXCLUSIVE MODE")
        async with asyncio.timeout(30):
            tables = await reader.read(definition.panels["tables"], {})
    assert "public.small" not in {row[0] for row in tables.rows}
    assert len(tables.rows) == 3


async def test_history_comes_from_the_file(reader: Reader, definition: Dashboard, target: Target, home: Path) -> None:
    async with await Session.open(target, what="test") as session:
        sizes = await Growth({"DBCONSOLE_HOME": str(home)}).keep(session)
    before = int(time.time()) - 2 * DAY
    remember(sizes, [(DATABASE, before, 1000), ("public.kept", before, 1000)])
    rows = {row[0]: row for row in (await reader.read(definition.panels["tables"], {})).rows}
    size, day, month, since = rows["public.kept"][1:]
    assert day == pytest.approx((size - 1000) / 2, rel=0.01)
    assert month is None
    assert since == datetime.fromtimestamp(before, UTC)
    line = await reader.read(definition.panels["line"], {})
    assert line.rows[0] == (since, 1000)
