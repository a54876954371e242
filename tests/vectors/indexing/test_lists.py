"""Lists that do not fit the rows: noticed by what searches find, said, and mended by building the index again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.session import Session
from console.vectors.finding import find_one
from console.vectors.indexing.building import build
from console.vectors.indexing.lists import Lists, lists, rebuild
from console.vectors.indexing.trying import agreeing
from tests.databases import Databases

# Vectors about a few subjects; what is next to each is of its own.
GROUND = """
    CREATE SCHEMA "ex%s"; CREATE EXTENSION vector SCHEMA "ex%s"; SET search_path = public, "ex%s";
    CREATE FUNCTION around(topic int, n int) RETURNS vector LANGUAGE sql AS $$
        SELECT array_agg(sin(topic * 77 + i * 13.7) + 0.5 * sin(n * 31.7 + i * i * 3.1) ORDER BY i)::vector
        FROM generate_series(1, 32) i $$;
    CREATE TABLE before (id int PRIMARY KEY, e vector(32));
    CREATE INDEX before_e ON before USING ivfflat (e vector_cosine_ops) WITH (lists = 100);
    INSERT INTO before SELECT n, around(n % 12, n) FROM generate_series(1, 274) n;
    CREATE TABLE late (id int, grp int, e vector(32)) PARTITION BY LIST (grp);
    CREATE TABLE late_0 PARTITION OF late FOR VALUES IN (0); CREATE TABLE late_1 PARTITION OF late FOR VALUES IN (1);
    CREATE INDEX late_e ON late USING ivfflat ((e::halfvec(32)) halfvec_l2_ops) WITH (lists = 100) WHERE id > 0;
    INSERT INTO late SELECT n, n % 2, around(n % 40, n) FROM generate_series(1, 2000) n;
    CREATE TABLE after (id int PRIMARY KEY, e vector(32)); INSERT INTO after SELECT id, e FROM late;
    CREATE INDEX after_e ON after USING ivfflat (e "ex%s".vector_cosine_ops) WITH (lists = 40);
    CREATE TABLE nothing (e "ex%s".vector(3));
    CREATE INDEX nothing_e ON nothing USING ivfflat (e "ex%s".vector_l2_ops);
    ANALYZE;
"""


@pytest.fixture
async def session(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    # Each statement in a transaction of its own: the ages of rows and indexes are told in transactions.
    target = make_database(f"BEGIN; {GROUND.replace(';', '; COMMIT; BEGIN;')} COMMIT")
    async with await Session.open(target, what="test") as opened:
        yield opened


async def looked(session: Session, name: str) -> Lists:
    column = await find_one(session, name)
    found = await lists(session, column, column.indexes[0])
    assert found is not None
    return found


async def built_again(session: Session, name: str) -> None:
    column = await find_one(session, name)
    proposal = await rebuild(session, column, column.indexes[0])
    assert proposal.statements == (f"REINDEX INDEX CONCURRENTLY public.{name}_e",)
    async for _ in build(session, proposal, consent(session.target, action="rebuild")):
        pass


@pytest.mark.parametrize("name", ["before", "late"])
async def test_an_index_that_was_built_before_its_rows(session: Session, name: str) -> None:
    found = await looked(session, name)
    assert found.later == 1
    assert found.found is not None
    # Lists of an empty table are random, and may happen to find enough where there are few of them.
    assert found.stale == (found.few or found.found < 9)
    await built_again(session, name)
    again = await looked(session, name)
    assert again.later == 0
    assert not again.stale
    assert again.more is not None
    assert again.more > 9


async def test_what_is_said(session: Session) -> None:
    found = replace(await looked(session, "before"), found=3.44, more=8.7)
    assert found.stale
    assert found.sentence == (
        "before_e was built before 100% of its rows were written: its lists do not fit them. "
        "It has 100 lists for 274 rows. Of the 10 nearest rows it finds 3.4 with probes 1, 8.7 with probes 10."
    )
    assert replace(found, later=0.3, rows=9_000).sentence == (
        "Of the 10 nearest rows before_e finds 3.4 with probes 1, 8.7 with probes 10."
    )
    assert replace(found, later=0.3, found=9.1).sentence == ""
    assert replace(found, rows=9_000, found=9.1).sentence == ""


async def test_the_servers_own_probes_are_looked_at(session: Session, databases: Databases) -> None:
    await built_again(session, "before")
    with databases.connect(session.target) as connection:
        connection.execute(f'ALTER DATABASE "{session.target.database}" SET ivfflat.probes = 60')
    async with await Session.open(session.target, what="test") as other:
        found = await looked(other, "before")
        assert found.probes == 60
        assert found.sentence == ""


async def test_one_that_was_built_after_its_rows(session: Session) -> None:
    found = await looked(session, "after")
    assert (found.later, found.lists, found.rows, found.stale, found.few) == (0, 40, 2000, False, False)


async def test_a_large_table_is_compared_with_more_probes(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = await looked(session, "after")
    monkeypatch.setattr("console.vectors.indexing.lists._EXACT", 100)
    wide = await looked(session, "after")
    assert wide.more == pytest.approx(exact.more, abs=1.5)


async def test_an_empty_one_says_nothing(session: Session) -> None:
    column = await find_one(session, "nothing")
    assert await lists(session, column, column.indexes[0]) is None


async def test_one_that_the_server_does_not_take(session: Session, databases: Databases) -> None:
    with databases.connect(session.target) as connection:
        connection.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'before_e'::regclass")
    column = await find_one(session, "before")
    assert await lists(session, column, column.indexes[0]) is None


@pytest.mark.parametrize(
    ("found", "truth", "many"),
    [
        ([[0, 1, 2]], [[0, 1, 2]], 10.0),
        ([[0, 3]], [[0, 1, 2]], 0.0),
        ([[0, 1, 2], [0]], [[0, 1, 2], [0, 1]], 5.0),
        ([[0, 1, 1, 1]], [[0, 1, 1]], 10.0),
        ([[0]], [[0]], 10.0),
    ],
)
def test_what_agrees(found: list[list[float]], truth: list[list[float]], many: float) -> None:
    assert agreeing(found, truth) == many
