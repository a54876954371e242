"""Charts of results as people have them: every type, hostile names, no rows and many. None fails, none is too wide."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from console.config.profile import Target
from console.dashboards.charting import charting
from console.dashboards.charting.chart import Gather
from console.dashboards.charting.looking import look_at_statement, read
from console.dashboards.charting.proposing import gathered
from console.dashboards.definition import Kind
from console.dashboards.drawing.draw import draw
from console.db.session import Session
from console.drawing.picture import plain
from console.text import width

SQL = """
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN price AS numeric(10, 2);
CREATE DOMAIN moment AS timestamptz;
CREATE TYPE pair AS (a int, b text);
"""
# What a row n of 1 to 12 has in a column of the type; NULL in every fifth.
VALUES = {
    "smallint": "n",
    "integer": "n * 1000000",
    "bigint": "n::bigint * 700000000000000000",
    "real": "n / 7.0",
    "double precision": "CASE n % 4 WHEN 0 THEN 'NaN' WHEN 1 THEN 'Infinity' WHEN 2 THEN '-Infinity' ELSE '1e300' END",
    # The server reckons the average of these with their squares, and has none of what is greater.
    "float8": "CASE WHEN n % 2 = 0 THEN 1e150 ELSE 1e-150 END",
    "numeric": "CASE n % 3 WHEN 0 THEN 'NaN' WHEN 1 THEN 'Infinity' ELSE '123456789012345678901234567890.125' END",
    "numeric(1000)": "(10::numeric ^ 900)",
    "numeric(9,2)": "-n * 1.25",
    "money": "n * 10.5::numeric",
    "oid": "n",
    "boolean": "n % 2 = 0",
    "text": "'name ' || n % 3",
    "varchar(9)": "'v' || n",
    "char(9)": "'c' || n % 2",
    '"char"': "chr(64 + n)",
    "name": "'n' || n",
    "uuid": "md5(n::text)::uuid",
    "json": "json_build_object('n', n)",
    "jsonb": "jsonb_build_array(n)",
    "bytea": "decode(lpad(to_hex(n), 2, '0'), 'hex')",
    "int[]": "ARRAY[n, n]",
    "text[]": "ARRAY['a' || n]",
    "mood": "(enum_range(NULL::mood))[1 + n % 3]",
    "price": "n * 1.5",
    "moment": "'2026-03-01'::timestamptz + n * interval '1 day'",
    "pair": "ROW(n, 'x')::pair",
    "int4range": "int4range(n, n + 2)",
    "tstzrange": "tstzrange('2026-03-01'::timestamptz, '2026-03-01'::timestamptz + n * interval '1 day')",
    "int4multirange": "int4multirange(int4range(n, n + 2))",
    "point": "point(n, n)",
    "polygon": "polygon(box(point(0, 0), point(n, n)))",
    "inet": "('10.0.0.' || n)::inet",
    "cidr": "('10.0.' || n || '.0/24')::cidr",
    "macaddr": "('08:00:2b:01:02:' || lpad(to_hex(n), 2, '0'))::macaddr",
    "bit(4)": "n::bit(4)",
    "varbit": "n::bit(8)::varbit",
    "tsvector": "to_tsvector('simple', 'word ' || n)",
    "pg_lsn": "('0/' || to_hex(n * 4096))::pg_lsn",
    "xid8": "n::text::xid8",
    "regclass": "'pg_class'::regclass",
    "interval": "n * interval '1 mon 2 days 03:04:05.678'",
    "time": "'00:00'::time + n * interval '1 hour'",
    "timetz": "'00:00+02'::timetz + n * interval '1 hour'",
    "date": "CASE n % 4 WHEN 0 THEN 'infinity' WHEN 1 THEN '0001-01-01' WHEN 2 THEN '5874897-12-31' "
    "ELSE '4713-01-01 BC' END",
    "timestamp": "CASE n % 3 WHEN 0 THEN '-infinity' WHEN 1 THEN '294276-12-31 23:59' ELSE '0044-03-15 12:00 BC' END",
    "timestamptz": "'2026-03-29 00:30+00'::timestamptz + n * interval '30 minutes'",
}
SHAPES = {
    "alone": "SELECT {value} AS v FROM generate_series(1, 12) AS n",
    "with gaps, over time": "SELECT '2026-03-01'::date + n AS day, CASE WHEN n % 5 > 0 THEN {value} END AS v "
    "FROM generate_series(1, 12) AS n",
    "by name": "SELECT chr(64 + n) AS name, {value} AS v FROM generate_series(1, 12) AS n",
    "beside a number": "SELECT {value} AS v, n * 1.5 AS amount FROM generate_series(1, 12) AS n",
    "one row": "SELECT {value} AS v, 5 AS m FROM generate_series(3, 3) AS n",
    "no rows": "SELECT {value} AS v, 5 AS m FROM generate_series(1, 0) AS n",
    "nothing known": "SELECT NULL::{type} AS v, n AS m FROM generate_series(1, 12) AS n",
}
TEXTS = {
    "10,000 names": "SELECT 'name ' || n AS name, n AS v FROM generate_series(1, 10000) AS n",
    "long names": "SELECT repeat('long ', 1000) || n AS name, n AS v FROM generate_series(1, 9) AS n",
    "control signs": "SELECT chr(n) || E'\\x1b[31mred\\x07\\r\\nnext' AS name, n AS v FROM generate_series(1, 31) AS n",
    "right to left": "SELECT U&'\\202E\\05E9\\05DC\\05D5\\05DD' || n AS name, n AS v FROM generate_series(1, 9) AS n",
    "wide signs": "SELECT '漢字かな交じり👩‍👩‍👧‍👦🇩🇪' || n AS name, n AS v FROM generate_series(1, 9) AS n",
    "marks": "SELECT 'e' || repeat(U&'\\0301', 200) || n AS name, n AS v FROM generate_series(1, 9) AS n",
    "empty names": "SELECT repeat(' ', n) AS name, n AS v FROM generate_series(0, 9) AS n",
    "constant": "SELECT now() + n * interval '1 s' AS at, 5 AS v FROM generate_series(1, 99) AS n",
    "one moment": "SELECT '2026-03-01'::date AS at, n AS v FROM generate_series(1, 99) AS n",
    "ends of the world": "SELECT '0001-01-01'::timestamp + n * interval '300 y' AS at, n FROM generate_series(0, 33) n",
    "negative": "SELECT 'n' || n AS name, -n * 1e12 AS v FROM generate_series(1, 9) AS n",
    "names like parameters": 'SELECT n AS "%", n AS "%s", n AS "%(x)s" FROM generate_series(1, 9) AS n',
    "hostile names": 'SELECT n AS "\'; DROP TABLE x; --", n AS "a""b", n AS "[bold]x[/]" FROM generate_series(1, 9) n',
    "forty columns": "SELECT " + ", ".join(f"n * {k} AS c{k}" for k in range(40)) + " FROM generate_series(1, 9) AS n",
    "a thousand columns": "SELECT " + ", ".join(f"{k} AS c{k}" for k in range(1000)),
    "names alike": "SELECT 1 AS a, 'x' AS a, now() AS a, 2 AS a_2",
}
ROOMS = [(76, 18), (36, 6), (9, 3), (1, 1)]


@pytest.fixture
def any_result(make_database: Callable[..., Target]) -> Target:
    """Return a database with types of its own."""
    return make_database(SQL)


@pytest.mark.parametrize("shape", ["by name"])
async def test_every_type(any_result: Target, shape: str) -> None:
    async with await Session.open(any_result) as session:
        for type_name, value in VALUES.items():
            await all_drawn(session, SHAPES[shape].format(value=f"({value})::{type_name}", type=type_name))


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
async def test_every_type_in_every_way(any_result: Target, shape: str) -> None:
    """Counted, summed and so on, whether that is proposed or not."""
    async with await Session.open(any_result) as session:
        for type_name, value in VALUES.items():
            written = SHAPES[shape].format(value=f"({value})::{type_name}", type=type_name)
            await all_drawn(session, written, every=True)


@pytest.mark.parametrize("name", TEXTS)
async def test_odd_results(any_result: Target, name: str) -> None:
    async with await Session.open(any_result) as session:
        await all_drawn(session, TEXTS[name])


async def test_what_is_drawn_is_what_a_direct_query_gives(any_result: Target) -> None:
    """Counts and sums by name, with NULL, hostile names and what is no number."""
    sql = """SELECT (ARRAY[NULL, 'a', '', ' ', E'\\x1b', '\"', '%'])[1 + n % 7] AS name,
      CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN -1.5 ELSE n END AS v FROM generate_series(1, 1900) AS n"""
    async with await Session.open(any_result) as session:
        charted = await look_at_statement(session, sql, "any")
        bar = next(chart for chart in charted.charts if chart.kind is Kind.BAR)
        for way, call in ((Gather.SUM, "sum(v)"), (Gather.COUNT, "count(*)"), (Gather.AVERAGE, "avg(v)")):
            chart = gathered(bar, way, charted.rows)
            assert chart is not None
            shown = (await read(session, charting.panel(charted.source, chart))).rows
            direct = await look_at_statement(session, f"SELECT name, {call} FROM ({sql}) AS x GROUP BY 1", "direct")
            assert sorted(shown, key=str) == sorted(direct.rows.rows, key=str)


async def all_drawn(session: Session, sql: str, *, every: bool = False) -> None:
    """Draw a statement's result in every way that it can be."""
    charted = await look_at_statement(session, sql, "any")
    for chart in charted.charts:
        ways = [chart, *(filter(None, (gathered(chart, way, charted.rows) for way in Gather)))]
        if not every:
            ways = ways[:1]
        for way in ways if chart.kind is not Kind.TABLE else [chart]:
            panel = charting.panel(charted.source, way)
            sample = await read(session, panel)
            for wide, high in ROOMS:
                picture = draw(panel, [sample], wide, high, now=datetime(2026, 3, 31, tzinfo=UTC))
                lines = plain(picture).splitlines()
                assert len(lines) <= high, (sql, way)
                assert all(width(line) <= wide for line in lines), (sql, way, lines)
                assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(lines)), (sql, way)
