"""Pages by key give every row once, in order, whatever the types, the NULLs and the directions."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from console.config.profile import Target
from console.db.compose import SQL, Composable
from console.db.query import Query
from console.db.session import Session
from console.rows import relation
from console.rows.keyset import KeysetPager
from console.rows.order import Sort, after, order_by, order_of
from console.rows.paging import End, View
from tests.databases import Databases

TABLES = """
CREATE SCHEMA "odd %s.schema";
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN code AS varchar(5) CHECK (value <> '');
CREATE COLLATION another FROM "C";
CREATE TABLE floats (v float8 PRIMARY KEY);
INSERT INTO floats SELECT 0.1 + i / 3.0 FROM generate_series(1, 200) i;
INSERT INTO floats VALUES ('NaN'), ('Infinity'), ('-Infinity'), (-0.0), (1e-320), (1.7976931348623157e308);
CREATE TABLE reals (v real PRIMARY KEY);
INSERT INTO reals SELECT DISTINCT (i / 7.0)::real FROM generate_series(1, 100) i;
CREATE TABLE times (v timestamptz PRIMARY KEY);
INSERT INTO times SELECT '2020-01-01'::timestamptz + i * interval '1.000001 s' FROM generate_series(1, 100) i;
INSERT INTO times VALUES ('infinity'), ('-infinity'), ('0044-03-15 BC');
CREATE TABLE spans (v interval PRIMARY KEY);
INSERT INTO spans SELECT i * interval '1 day 1.5 s' FROM generate_series(-50, 50) i;
CREATE TABLE bytes (v bytea PRIMARY KEY);
INSERT INTO bytes SELECT decode(lpad(to_hex(i), 4, '0'), 'hex') FROM generate_series(0, 99) i;
CREATE TABLE enums (v mood, n int, PRIMARY KEY (v, n));
INSERT INTO enums SELECT m, i FROM unnest(enum_range(NULL::mood)) m, generate_series(1, 30) i;
CREATE TABLE domains (v code PRIMARY KEY);
INSERT INTO domains SELECT 'c' || i FROM generate_series(1, 99) i;
CREATE TABLE padded (v char(5) PRIMARY KEY);
INSERT INTO padded SELECT 'p' || i FROM generate_series(1, 99) i;
CREATE TABLE bits (v bit(8) PRIMARY KEY);
INSERT INTO bits SELECT i::bit(8) FROM generate_series(0, 99) i;
CREATE TABLE collated (v text COLLATE another PRIMARY KEY);
INSERT INTO collated SELECT chr(65 + i % 26) || i FROM generate_series(1, 99) i;
CREATE TABLE numbers (v numeric(12, 4) PRIMARY KEY);
INSERT INTO numbers SELECT i / 8.0 FROM generate_series(1, 99) i;
CREATE TABLE chars (v "char" PRIMARY KEY);
INSERT INTO chars SELECT chr(i)::"char" FROM generate_series(33, 126) i;
CREATE TABLE arrays (v text[] PRIMARY KEY);
INSERT INTO arrays SELECT ARRAY['a "quoted", one' || i, NULL, '{' || i] FROM generate_series(1, 99) i;
CREATE TABLE uuids (v uuid PRIMARY KEY);
INSERT INTO uuids SELECT gen_random_uuid() FROM generate_series(1, 99) i;
CREATE TABLE texts (v text PRIMARY KEY);
INSERT INTO texts SELECT E'100%s \\\\ '' "\\n' || i FROM generate_series(1, 99) i;
INSERT INTO texts VALUES ('');
CREATE TABLE "odd %s.schema"."a ""b"" %(k0)s; --" ("id %s" int, "x""y" text, PRIMARY KEY ("id %s", "x""y"));
INSERT INTO "odd %s.schema"."a ""b"" %(k0)s; --" SELECT i / 3, 't' || i FROM generate_series(1, 90) i;
CREATE TABLE nulls (id int PRIMARY KEY, a int, b text);
INSERT INTO nulls SELECT i, nullif(i % 7, 0), nullif('t' || i % 3, 't1') FROM generate_series(1, 100) i;
CREATE TABLE parted (id int, part int, PRIMARY KEY (id, part)) PARTITION BY LIST (part);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
CREATE TABLE parted_2 PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT i, i % 3 FROM generate_series(1, 99) i;
CREATE TABLE bare (a int, b text);
INSERT INTO bare SELECT nullif(i % 5, 2), 't' || i FROM generate_series(1, 100) i;
"""
SINCE_15 = """
CREATE TABLE undistinct (a int, b int, UNIQUE NULLS NOT DISTINCT (a, b));
INSERT INTO undistinct SELECT nullif(i / 10, 3), nullif(i % 10, 3) FROM generate_series(0, 99) i;
"""
# A type of an extension whose operators are not PostgreSQL's own, as citext is: 'a' and 'A' are equal.
FOLDED = """
CREATE SCHEMA ext;
CREATE TYPE ext.folded;
CREATE FUNCTION ext.folded_in(cstring) RETURNS ext.folded LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION ext.folded_out(ext.folded) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE ext.folded (INPUT = ext.folded_in, OUTPUT = ext.folded_out, LIKE = text, CATEGORY = 'S', COLLATABLE = true);
CREATE CAST (ext.folded AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (text AS ext.folded) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE FUNCTION ext.cmp(a ext.folded, b ext.folded) RETURNS int LANGUAGE sql IMMUTABLE STRICT
    RETURN bttextcmp(lower(a::text) COLLATE "C", lower(b::text) COLLATE "C");
CREATE FUNCTION ext.lt(a ext.folded, b ext.folded) RETURNS bool LANGUAGE sql IMMUTABLE STRICT RETURN ext.cmp(a, b) < 0;
CREATE FUNCTION ext.le(a ext.folded, b ext.folded) RETURNS bool LANGUAGE sql IMMUTABLE STRICT RETURN ext.cmp(a, b) <= 0;
CREATE FUNCTION ext.eq(a ext.folded, b ext.folded) RETURNS bool LANGUAGE sql IMMUTABLE STRICT RETURN ext.cmp(a, b) = 0;
CREATE FUNCTION ext.ge(a ext.folded, b ext.folded) RETURNS bool LANGUAGE sql IMMUTABLE STRICT RETURN ext.cmp(a, b) >= 0;
CREATE FUNCTION ext.gt(a ext.folded, b ext.folded) RETURNS bool LANGUAGE sql IMMUTABLE STRICT RETURN ext.cmp(a, b) > 0;
CREATE OPERATOR ext.< (LEFTARG = ext.folded, RIGHTARG = ext.folded, FUNCTION = ext.lt);
CREATE OPERATOR ext.<= (LEFTARG = ext.folded, RIGHTARG = ext.folded, FUNCTION = ext.le);
CREATE OPERATOR ext.= (LEFTARG = ext.folded, RIGHTARG = ext.folded, FUNCTION = ext.eq);
CREATE OPERATOR ext.>= (LEFTARG = ext.folded, RIGHTARG = ext.folded, FUNCTION = ext.ge);
CREATE OPERATOR ext.> (LEFTARG = ext.folded, RIGHTARG = ext.folded, FUNCTION = ext.gt);
CREATE OPERATOR CLASS ext.folded_ops DEFAULT FOR TYPE ext.folded USING btree AS
    OPERATOR 1 ext.<, OPERATOR 2 ext.<=, OPERATOR 3 ext.=, OPERATOR 4 ext.>=, OPERATOR 5 ext.>,
    FUNCTION 1 ext.cmp(ext.folded, ext.folded);
CREATE TABLE folded (v ext.folded PRIMARY KEY);
INSERT INTO folded SELECT ((CASE WHEN i % 2 = 0 THEN 'a' ELSE 'A' END) || lpad(i::text, 3, '0'))::text::ext.folded
    FROM generate_series(1, 90) i;
"""


async def paged(session: Session, view: View, end: End, size: int) -> list[Any]:
    pager = KeysetPager(view)
    rows: list[Any] = []
    while True:
        page = pager.accept(end, size, await session.read(*pager.queries(end, size)))
        rows += page.rows
        if page.met:
            return rows


async def expected(session: Session, view: View) -> list[Any]:
    """All rows in one statement, in the same order."""
    pager = KeysetPager(view)
    [query] = pager.queries(End.HEAD, 1_000_000)
    [rows] = await session.read(query)
    width = len(view.relation.columns)
    return [row[:width] for row in rows]


@pytest.fixture(scope="module")
def filled(databases: Databases) -> Iterator[Target]:
    """A database that no test changes."""
    newer = SINCE_15 if databases.server.installation.version >= 15 else ""
    target = databases.make(TABLES + FOLDED + newer)
    yield target
    databases.drop(target)


@pytest.fixture
async def tables(filled: Target) -> AsyncIterator[Session]:
    """A session on it."""
    async with await Session.open(filled, what="test") as session:
        yield session


PLAIN = (
    "floats", "reals", "times", "spans", "bytes", "enums", "domains", "padded", "bits", "collated", "numbers", "chars",
    "arrays", "uuids", "texts",
)  # fmt: skip


@pytest.mark.parametrize("name", [*PLAIN, "folded", pytest.param("undistinct", marks=pytest.mark.since(15)), "parted"])
async def test_a_value_read_as_text_finds_its_own_place(tables: Session, name: str) -> None:
    view = View(await relation.read(tables, "public", name))
    rows = await expected(tables, view)
    assert len(rows) >= 90
    assert view.relation.paging is relation.Paging.KEY
    assert await paged(tables, view, End.HEAD, 7) == rows
    assert await paged(tables, view, End.TAIL, 7) == rows[::-1]


async def test_hostile_names_are_names(tables: Session) -> None:
    view = View(await relation.read(tables, "odd %s.schema", 'a "b" %(k0)s; --'))
    assert await paged(tables, view, End.HEAD, 7) == await expected(tables, view)


@pytest.mark.parametrize("column", ["a", "b", "id"])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("nulls_first", [None, False, True])
async def test_nulls_stand_where_they_should(
    tables: Session, column: str, descending: bool, nulls_first: bool | None
) -> None:
    view = View(await relation.read(tables, "public", "nulls"), Sort(column, descending, nulls_first))
    rows = await expected(tables, view)
    assert len(rows) == 100
    assert await paged(tables, view, End.HEAD, 7) == rows
    assert await paged(tables, view, End.TAIL, 7) == rows[::-1]


@pytest.mark.parametrize("descending", [False, True])
async def test_a_sort_without_a_key_is_tied_by_the_rows_places(tables: Session, descending: bool) -> None:
    view = View(await relation.read(tables, "public", "bare"), Sort("a", descending))
    rows = await expected(tables, view)
    assert len({tuple(row) for row in rows}) == 100
    assert await paged(tables, view, End.HEAD, 7) == rows
    assert await paged(tables, view, End.TAIL, 7) == rows[::-1]


async def test_the_two_ends_meet_with_every_row_once(tables: Session) -> None:
    view = View(await relation.read(tables, "public", "enums"))
    pager = KeysetPager(view)
    rows: list[Any] = []
    for end in (End.HEAD, End.TAIL, End.TAIL, End.HEAD, End.HEAD, End.TAIL, End.TAIL, End.HEAD):
        page = pager.accept(end, 13, await tables.read(*pager.queries(end, 13)))
        rows += page.rows
    assert page.met
    assert sorted(rows) == sorted(await expected(tables, view))


async def test_one_direction_without_nulls_is_a_row_comparison(tables: Session) -> None:
    facts = await relation.read(tables, "public", "enums")
    condition, params = after(order_of(facts), ("ok", "3"), "h")
    assert condition.as_string(None) == (
        '("t"."v", "t"."n") OPERATOR("pg_catalog".>) (%(h0)s::public.mood, %(h1)s::integer)'
    )
    assert params == {"h0": "ok", "h1": "3"}


async def test_mixed_directions_are_written_out(tables: Session) -> None:
    facts = await relation.read(tables, "public", "nulls")
    order = order_of(facts, Sort("a", descending=True, nulls_first=False))
    assert order_by(order).as_string(None) == '"t"."a" DESC NULLS LAST, "t"."id" DESC'
    condition, _ = after(order, ("3", "7"), "h")
    assert _plain(condition) == (
        '(("t"."a" < %(h0)s::integer OR "t"."a" IS NULL)) OR ("t"."a" = %(h0)s::integer AND "t"."id" < %(h1)s::integer)'
    )
    nothing, params = after(order[:1], (None,), "h")
    assert (nothing.as_string(None), params) == ("false", {})


async def test_a_key_is_used_by_its_index(tables: Session) -> None:
    view = View(await relation.read(tables, "public", "enums"))
    pager = KeysetPager(view)
    pager.accept(End.HEAD, 7, await tables.read(*pager.queries(End.HEAD, 7)))
    [query] = pager.queries(End.HEAD, 7)
    without_scan = Query("SELECT pg_catalog.set_config('enable_seqscan', 'off', true)")
    _, plan = await tables.read(without_scan, Query(SQL("EXPLAIN (COSTS off) {}").format(query.sql), query.params))
    text = "\n".join(line for (line,) in plan)
    assert "Sort" not in text
    assert "Index Cond: (ROW(v, n) > ROW(" in text


def _plain(condition: Composable) -> str:
    return re.sub(r'OPERATOR\("pg_catalog"\.(.+?)\)', r"\1", condition.as_string(None))
