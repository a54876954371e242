"""What panels read from a real server: values, bounds, the guard, clocks, on all ways to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from console.dashboards import parameters
from console.dashboards.definition import Dashboard, Kind, Origin, Panel
from console.dashboards.files.file import parse
from console.dashboards.reading.reader import Reader, read_all
from console.dashboards.reading.reading import MOST_ROWS, read_panel
from console.dashboards.sample import Failed, Sample
from console.db.query import Query
from console.db.session import Session
from console.errors import (
    BadSql,
    MayWrite,
    Refused,
    StatementFailed,
    TimedOut,
    UsageError,
)
from console.sql.grammar import SyntaxFault
from tests.databases import Databases

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def panel(sql: str, kind: Kind = Kind.LINE, **said: Any) -> Panel:
    return Panel("p", "the panel", kind, sql, **said)


def dashboard(panels: Mapping[str, str], rest: str = "") -> Dashboard:
    """Return a dashboard with tables of these statements."""
    said = "".join(
        f"[panels.{name}]\ntitle = \"{name}\"\nkind = \"table\"\nsql = '''{sql}'''\n" for name, sql in panels.items()
    )
    layout = ", ".join(f'"{name}"' for name in panels)
    return parse(
        f'title = "t"\nrefresh = "2s"\nlayout = [{layout}]\n{rest}\n{said}'.encode(), Path("t.toml"), Origin.USER
    )


def setting(name: str) -> Query:
    return Query("SELECT pg_catalog.current_setting(%(name)s)", {"name": name})


async def values_of(session: Session, sql: str, kind: Kind = Kind.LINE) -> tuple[Any, ...]:
    sample = await read_panel(session, panel(sql, kind), {})
    return sample.rows[0]


VALUES = [
    ("1::smallint", 1, "number"),
    ("2::bigint", 2, "number"),
    ("1.50::numeric", Decimal("1.50"), "number"),
    ("1.5::real", 1.5, "number"),
    ("'Infinity'::float8", float("inf"), "number"),
    ("'12 days 01:02:03.5'::interval", 12 * 86_400 + 3723.5, "number"),
    ("'-1 mon'::interval", -30 * 86_400.0, "number"),
    ("'1 year 2 mons'::interval", (365.25 + 60) * 86_400, "number"),
    ("'0'::interval", 0.0, "number"),
    ("true", True, "text"),
    ("'a'::text", "a", "text"),
    ("'{1,2}'::int[]", "{1,2}", "text"),
    ("'x'::name", "x", "text"),
    ("'7'::oid", "7", "text"),
    ("date '2026-11-21'", date(2026, 11, 21), "time"),
    ("timestamptz '2026-11-21 14:00+02'", NOON, "time"),
    ("timestamp '2026-11-21 12:00'", NOON, "time"),
    ("'infinity'::timestamptz", None, "time"),
    ("'0044-03-15 BC'::date", None, "time"),
    ("'0001-01-01 00:00+05'::timestamptz", None, "time"),
    ("NULL::int", None, "number"),
]


@pytest.mark.parametrize(
    "style", ["", "SET intervalstyle = 'iso_8601'; SET timezone = 'Asia/Kolkata'; SET datestyle = 'German'"]
)
async def test_values_can_be_reckoned_with(
    make_database: Callable[..., Target], databases: Databases, style: str
) -> None:
    target = make_database()
    with databases.connect(target) as connection:
        for setting in filter(None, style.split(";")):
            connection.execute(f"ALTER DATABASE {target.database} {setting}".encode())
    async with await Session.open(target, what="test") as session:
        sample = await read_panel(session, panel("SELECT " + ", ".join(sql for sql, _, _ in VALUES)), {})
    assert sample.rows == (tuple(value for _, value, _ in VALUES),)
    assert [head.role for head in sample.heads] == [role for _, _, role in VALUES]
    assert sample.heads[5].type_name == "interval"


async def test_not_a_number_stays_one(session: Session) -> None:
    found = await values_of(session, "SELECT 'NaN'::float8, 'NaN'::numeric, 'Infinity'::numeric")
    assert [str(value) for value in found] == ["nan", "NaN", "Infinity"]


async def test_a_table_shows_what_python_cannot_hold(session: Session) -> None:
    sql = "SELECT 'infinity'::date, '0044-03-15 BC'::date, now()"
    assert (await values_of(session, sql, Kind.TABLE))[:2] == ("infinity", "0044-03-15 BC")


async def test_days_are_those_of_utc(make_database: Callable[..., Target], databases: Databases) -> None:
    target = make_database()
    with databases.connect(target) as connection:
        connection.execute(f"ALTER DATABASE {target.database} SET timezone = 'Pacific/Kiritimati'".encode())
    async with await Session.open(target, what="test") as session:
        sql = "SELECT '2026-11-21 12:00+00'::timestamptz::date, current_setting('timezone'), current_setting('jit')"
        assert await values_of(session, sql) == (date(2026, 11, 21), "UTC", "off")
        [[(zone,)]] = await session.read(setting("timezone"))
        assert zone == "Pacific/Kiritimati", "only for the panel"


async def test_no_rows_have_columns(session: Session) -> None:
    sample = await read_panel(session, panel("SELECT 1 AS one, 'a'::text AS b WHERE false"), {})
    assert ([head.name for head in sample.heads], sample.rows) == (["one", "b"], ())


async def test_the_clocks_of_a_sample(session: Session) -> None:
    before, wall = time.monotonic(), time.time()
    sample = await read_panel(session, panel("SELECT pg_sleep(0.3)"), {})
    assert before <= sample.monotonic <= time.monotonic() - 0.3
    assert wall - 0.01 <= sample.at <= time.time() - 0.29, "the clock before the statement, not behind it"
    assert sample.took >= 0.3


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        (f"SELECT * FROM generate_series(1, {MOST_ROWS})", MOST_ROWS),
        (f"SELECT * FROM generate_series(1, {MOST_ROWS + 1})", MOST_ROWS),
        ("SELECT generate_series(1, 10000000)", MOST_ROWS),
        ("SELECT repeat('x', 1000000) FROM generate_series(1, 100)", 4),
    ],
)
async def test_bounds(session: Session, sql: str, rows: int) -> None:
    sample = await read_panel(session, panel(sql), {})
    assert len(sample.rows) == rows
    assert sample.more == (sql != f"SELECT * FROM generate_series(1, {MOST_ROWS})")
    assert await values_of(session, "SELECT 1") == (1,), "the session goes on"


async def test_values_are_sent_beside_the_statement(session: Session) -> None:
    sql = "SELECT %(a)s::text, '%', 5 % 3, 'x' LIKE '%x%' AS like, %(b)s::text IS NULL AS none, %(since)s::timestamptz"
    values = {"a": "'; DROP TABLE x; --", "b": None, "since": NOON}
    sample = await read_panel(session, panel(sql), values)
    assert sample.rows == (("'; DROP TABLE x; --", "%", 2, True, True, NOON),)


async def test_an_error_says_the_panel_and_the_place(session: Session) -> None:
    sql = "SELECT 1,\n  '%' || %(a)s::text || '%', nowhere"
    with pytest.raises(StatementFailed, match='Reading the panel failed: column "nowhere" does not exist') as raised:
        await read_panel(session, panel(sql), {"a": "x"})
    assert raised.value.line == 2
    assert raised.value.column == sql.splitlines()[1].index("nowhere") + 1


async def test_it_cannot_write_and_takes_no_longer_than_it_may(session: Session) -> None:
    with pytest.raises(StatementFailed, match="read-only"):
        await read_panel(session, panel("CREATE TABLE t AS SELECT 1 AS a"), {})
    with pytest.raises(TimedOut):
        await read_panel(session, panel("SELECT pg_sleep(10)"), {}, timeout=0.05)
    with pytest.raises(UsageError, match="gives no columns"):
        await read_panel(session, panel("SELECT FROM generate_series(1, 0)"), {})
    assert await values_of(session, "SELECT 1") == (1,)


GROUND = """
CREATE TABLE sales (at timestamptz, shop text, amount numeric);
INSERT INTO sales VALUES (now() - interval '1 hour', 'north', 10), (now() - interval '3 days', 'south', 5);
CREATE FUNCTION careless() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';
CREATE FUNCTION calm() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE VIEW through AS SELECT careless();
"""
PARAMETERS = """
[parameters.period]
default = "24h"
[parameters.shop]
choices = { "" = "all" }
sql = "SELECT DISTINCT shop, upper(shop) FROM sales ORDER BY 1"
"""
PANELS = {
    "sum": "SELECT sum(amount) FROM sales WHERE at >= %(since)s AND at < %(until)s"
    " AND (%(shop)s::text IS NULL OR shop = %(shop)s)",
    "function": "SELECT careless()",
    "view": "SELECT * FROM through",
    "quiet": "SELECT calm()",
    "write": "DELETE FROM sales RETURNING 1",
    "two": "SELECT 1; SELECT 2",
    "copy": "COPY sales TO STDOUT",
    "nonsense": "SELECT FROM WHERE",
    "absent": "SELECT * FROM nowhere",
    "slow": "SELECT pg_sleep(60)",
}
EXPECTED: dict[str, object] = {
    "sum": Decimal(10),
    "function": MayWrite,
    "view": MayWrite,
    "quiet": 1,
    "write": Refused,
    "two": BadSql,
    "copy": UsageError,
    "nonsense": SyntaxFault,
    "absent": StatementFailed,
    "slow": TimedOut,
}


@pytest.fixture
async def shop(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    async with await Session.open(make_database(GROUND), what="test") as session:
        yield session


async def test_each_panel_succeeds_or_fails_by_itself(shop: Session) -> None:
    definition = dashboard(PANELS, PARAMETERS)
    async with Reader(shop, definition) as reader:
        found = await read_all(reader, parameters.chosen(definition, {}))
    shown = {name: type(each.error) if isinstance(each, Failed) else each.rows[0][0] for name, each in found.items()}
    assert shown == EXPECTED
    assert "careless" in str(found["view"].error.detail)  # type: ignore[union-attr]
    assert "STABLE" in str(found["view"].error.hint)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ({}, 10),
        ({"period": "7d"}, 15),
        ({"period": "7d", "shop": "south"}, 5),
        ({"shop": "south"}, None),
        ({"period": "all"}, 15),
    ],
)
async def test_choices_reach_the_statement(shop: Session, said: dict[str, str], amount: int | None) -> None:
    definition = dashboard({"sum": PANELS["sum"]}, PARAMETERS)
    async with Reader(shop, definition, share=True) as reader:
        sample = await reader.read(definition.panels["sum"], parameters.chosen(definition, said))
        assert sample.rows == ((amount,),)


async def test_choices_of_the_database(shop: Session) -> None:
    definition = dashboard({"sum": PANELS["sum"]}, PARAMETERS)
    async with Reader(shop, definition, share=True) as reader:
        shops = await reader.choices(definition.parameters[1])
        assert shops == (("", "all"), ("north", "NORTH"), ("south", "SOUTH"))
        assert await reader.choices(definition.parameters[0]) == definition.parameters[0].choices


async def test_a_dashboard_opens_in_few_round_trips(shop: Session) -> None:
    definition = dashboard({f"p{number}": f"SELECT sum(amount) + {number} FROM sales" for number in range(8)})
    async with Reader(shop, definition, share=True, connections=1) as reader:
        await read_all(reader, {})
        assert shop.trips <= 1 + 2 + 8, "the clock, the guard for all of them, and one to begin each"


async def test_connections_are_bounded_and_given_back(shop: Session, databases: Databases) -> None:
    definition = dashboard(
        {f"p{number}": f"SELECT pg_sleep(0.0{number}), pg_backend_pid() AS pid" for number in range(6)}
    )
    async with Reader(shop, definition, connections=2) as reader:
        found = await read_all(reader, {})
        pids = {each.rows[0][1] for each in found.values() if isinstance(each, Sample)}
        assert len(pids) <= 2, "a machine that is slow to open the second has read everything with the first"
    async with await Session.open(shop.target, what="test") as other:
        assert other.server is None or other.server.pid not in pids
        sql = f"SELECT pid FROM pg_stat_activity WHERE pid IN ({', '.join(map(str, pids))})"
        async with asyncio.timeout(60):
            while (await read_panel(other, panel(sql), {})).rows:
                await asyncio.sleep(0.01)


async def test_a_server_that_is_full_is_read_through_the_session(
    shop: Session, databases: Databases, cleared: list[str]
) -> None:
    """When a server has no connection left is when one looks: the one that is there has to do."""
    role = f"limited_{shop.target.database}"
    cleared.append(role)
    with databases.connect(shop.target) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN CONNECTION LIMIT 1".encode())
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}".encode())
    target = replace(shop.target, params={**shop.target.params, "user": role})
    definition = dashboard({f"p{number}": f"SELECT {number} AS n, pg_backend_pid() AS pid" for number in range(4)})
    async with await Session.open(target, what="test") as session, Reader(session, definition) as reader:
        found = await read_all(reader, {})
        assert session.server is not None
        assert [each.rows[0] for each in found.values() if isinstance(each, Sample)] == [
            (number, session.server.pid) for number in range(4)
        ]


@pytest.fixture
def cleared(databases: Databases) -> Iterator[list[str]]:
    """Give a list of roles that are dropped at the end."""
    roles: list[str] = []
    yield roles
    with databases.connect() as connection:
        for role in roles:
            connection.execute(f"ALTER ROLE {role} NOLOGIN".encode())


async def test_rates_are_read_twice(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.dashboards.reading.rates._DIFFER", 60.0)  # a machine may be slow to take the answer
    definition = parse(
        b'title = "t"\nlayout = ["p q"]\n[panels.p]\ntitle = "p"\nkind = "line"\nrate = true\n'
        b"sql = \"SELECT 'clock' AS name, (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms\"\n"
        b'[panels.q]\ntitle = "q"\nkind = "line"\nrate = true\nof = "nothing"\nsql = "SELECT 1 AS one"\n',
        Path("t.toml"),
    )
    async with Reader(shop, definition) as reader:
        found = await read_all(reader, {})
    assert isinstance(found["p"], Sample)
    assert found["p"].rows[0] == ("clock", pytest.approx(1000, rel=0.9)), "a second's worth, not all since 1970"
    assert isinstance(found["q"], Failed)
    assert "gives no number nothing" in found["q"].error.title


@pytest.mark.tool
async def test_behind_a_pooler(pooled: Target, databases: Databases) -> None:
    with databases.connect(pooled.database) as connection:
        connection.execute(f"ALTER DATABASE {pooled.database} SET timezone = 'Asia/Kolkata'".encode())
    definition = dashboard(
        {f"p{number}": f"SELECT {number} AS n, current_setting('timezone') AS zone" for number in range(5)}
    )
    async with await Session.open(pooled, what="test") as session, Reader(session, definition) as reader:
        found = await read_all(reader, {})
        assert [each.rows[0] for each in found.values() if isinstance(each, Sample)] == [(n, "UTC") for n in range(5)]
        for _ in range(4):
            assert await session.read(setting("timezone")) == [[("Asia/Kolkata",)]], "nothing is left to others"


@pytest.mark.parametrize(("ours", "counted"), [(True, "xact_commit"), (False, "xact_rollback")])
async def test_watching_adds_no_rollbacks(session: Session, databases: Databases, ours: bool, counted: str) -> None:
    """The statements of the console are committed; what others wrote is rolled back, whatever it did."""
    sql = "SELECT xact_commit, xact_rollback FROM pg_stat_database WHERE datname = %s"
    name = session.target.database
    with databases.connect() as elsewhere:  # who asks there adds nothing here
        async with await session.sibling("test") as other:
            await other.close()
            [before] = elsewhere.execute(sql, [name]).fetchall()
            async with await session.sibling("test") as reader:
                for _ in range(20):
                    await read_panel(reader, panel("SELECT 1 AS one"), {}, ours=ours)
        async with asyncio.timeout(60):
            commits, rollbacks = before
            while sum(after := elsewhere.execute(sql, [name]).fetchall()[0]) - sum(before) < 20:
                await asyncio.sleep(0.05)
    more = {"xact_commit": after[0] - commits, "xact_rollback": after[1] - rollbacks}
    assert more[counted] >= 20
    assert min(more.values()) < 20
