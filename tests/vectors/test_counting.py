"""Counting what a column holds: every type, every kind of relation, and tables too large to count."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.errors import MayWrite, TimedOut
from console.vectors import counting
from console.vectors.column import Filled
from console.vectors.counting import count
from console.vectors.finding import find_one
from tests.databases import Databases

GROUND = """
    CREATE SCHEMA "ext%s"; CREATE EXTENSION vector SCHEMA "ext%s"; SET search_path = public, "ext%s";
    CREATE TABLE every (id int PRIMARY KEY, v vector(3), h halfvec(3), s sparsevec(3), b bit(3), u vector);
    INSERT INTO every
        SELECT n, v::vector, v::halfvec, v::vector::sparsevec, b::bit(3), v::vector
        FROM (VALUES (1, '[1,0,0]', '100'), (2, '[0,0,0]', '000'), (3, NULL, NULL), (4, '[0,0,-1e-5]', '001'),
            (5, NULL, NULL), (6, '[0,0,0]', '000'), (7, NULL, NULL)) AS x (n, v, b);
    CREATE INDEX ON every USING hnsw (b bit_hamming_ops);
    CREATE TABLE parted (id int, v vector(3)) PARTITION BY LIST (id);
    CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
    CREATE TABLE parted_2 PARTITION OF parted FOR VALUES IN (2);
    INSERT INTO parted VALUES (1, NULL), (2, '[0,0,0]'), (2, '[1,2,3]');
    CREATE VIEW seen AS SELECT v FROM every;
    CREATE MATERIALIZED VIEW stored AS SELECT v FROM every;
    CREATE TABLE large (id int, v vector(3));
    INSERT INTO large SELECT n, CASE WHEN n % 4 = 0 THEN NULL WHEN n % 4 = 1 THEN '[0,0,0]' ELSE '[1,2,3]' END::vector
        FROM generate_series(1, 40000) n;
    ANALYZE large;
    CREATE TABLE empty (v vector(3));
"""


@pytest.fixture
async def session(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    async with await Session.open(make_database(GROUND), what="test") as opened:
        yield opened


@pytest.mark.parametrize("name", ["every.v", "every.h", "every.s", "every.b", "every.u", "seen", "stored"])
async def test_every_type_and_relation(session: Session, name: str) -> None:
    assert await count(session, await find_one(session, name)) == Filled(rows=7, nulls=3, zeros=2)


async def test_a_view_that_may_write_is_not_counted(session: Session, make_database: Callable[..., Target]) -> None:
    writes = "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';"
    target = make_database(f"{GROUND} {writes} CREATE VIEW careless AS SELECT public.f() AS n, v FROM every;")
    async with await Session.open(target, what="test") as opened:
        column = await find_one(opened, "careless")
        with pytest.raises(MayWrite, match="would call what may write"):
            await count(opened, column)
        assert (await count(opened, column, allow_functions=True)).rows == 7


async def test_partitions_count_together(session: Session) -> None:
    assert await count(session, await find_one(session, "parted")) == Filled(rows=3, nulls=1, zeros=1)


async def test_an_empty_table(session: Session) -> None:
    assert await count(session, await find_one(session, "empty")) == Filled(rows=0, nulls=0, zeros=0)


async def test_a_large_table_is_sampled(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    column = await find_one(session, "large")
    assert await count(session, column) == Filled(rows=40_000, nulls=10_000, zeros=10_000)
    monkeypatch.setattr(counting, "_BYTES", 20_000 * 12)
    found = await count(session, column)
    assert found.rows == 40_000
    assert 10_000 < found.sampled < 30_000
    assert found.nulls == pytest.approx(10_000, rel=0.02)
    assert found.zeros == pytest.approx(10_000, rel=0.02)


async def test_a_sample_without_rows_is_not_believed(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    column = await find_one(session, "large")
    monkeypatch.setattr(counting, "_SAMPLE", counting.SQL("SELECT {} FROM {} TABLESAMPLE SYSTEM (0 * {})"))
    monkeypatch.setattr(counting, "_BYTES", 1)
    found = await count(session, column)
    assert found == Filled(rows=40_000, nulls=10_000, zeros=10_000, sampled=5_000)


async def test_what_takes_too_long_is_said(
    session: Session, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = await find_one(session, "large")
    with databases.connect(session.target) as holder:
        holder.execute("BEGIN; LOCK large IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(TimedOut, match=r"public\.large\.v could not be counted in 0\.1 s"):
            await count(session, column, timeout=0.1)
