"""What is found wrong with columns of vectors and their indexes, and whether the remedy mends it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.vectors.column import VectorColumn
from console.vectors.finding import find_one
from console.vectors.indexing.ground import Ground
from console.vectors.indexing.lints import Lint, lint, of_catalog
from tests.databases import Databases

GROUND = """
    CREATE EXTENSION vector;
    CREATE FUNCTION made(n int) RETURNS vector LANGUAGE sql AS
        $$ SELECT ARRAY[sin(n), cos(n), sin(n * 2), cos(n * 3)]::vector $$;
    CREATE TABLE fine (id int PRIMARY KEY, e vector(4));
    INSERT INTO fine SELECT n, made(n) FROM generate_series(1, 300) n;
    CREATE INDEX fine_e ON fine USING hnsw (e vector_cosine_ops);
    CREATE TABLE bare (id int PRIMARY KEY, e vector(4));
    INSERT INTO bare SELECT n, made(n) FROM generate_series(1, 10500) n;
    CREATE TABLE holes (id int, e vector(4));
    INSERT INTO holes SELECT n, CASE n WHEN 1 THEN NULL WHEN 2 THEN '[0,0,0,0]' ELSE made(n) END
        FROM generate_series(1, 9) n;
    CREATE TABLE lengths (id int, e vector(4));
    INSERT INTO lengths SELECT n, made(n) * made(n) FROM generate_series(1, 50) n;
    CREATE INDEX lengths_e ON lengths USING hnsw (e vector_ip_ops);
    CREATE TABLE even (id int, e vector(4));
    INSERT INTO even SELECT n, l2_normalize(made(n)) FROM generate_series(1, 50) n;
    CREATE INDEX even_e ON even USING hnsw (e vector_ip_ops);
    CREATE TABLE twice (id int, e vector(4)); INSERT INTO twice SELECT * FROM fine;
    CREATE INDEX twice_a ON twice USING ivfflat (e vector_l2_ops) WITH (lists = 1);
    CREATE INDEX twice_z ON twice USING hnsw (e vector_l2_ops);
    CREATE TABLE lists (id int, e vector(4)); INSERT INTO lists SELECT * FROM bare;
    CREATE INDEX lists_e ON lists USING ivfflat (e vector_l2_ops) WITH (lists = 1);
    CREATE TABLE early (id int, e vector(4));
    CREATE INDEX early_e ON early USING ivfflat (e vector_cosine_ops) WITH (lists = 100);
    INSERT INTO early SELECT * FROM fine;
    CREATE TABLE loose (id int, e vector); INSERT INTO loose SELECT * FROM fine;
    CREATE TABLE broken (id int, e vector(4)); INSERT INTO broken SELECT * FROM fine;
    CREATE INDEX broken_e ON broken USING hnsw (e vector_l2_ops);
    UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken_e'::regclass;
    ANALYZE;
    CREATE TABLE unknown (id int, e vector(4)) WITH (autovacuum_enabled = off);
"""


@pytest.fixture
async def session(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    # Each statement in a transaction of its own: the ages of rows and indexes are told in transactions.
    target = make_database(f"BEGIN; {GROUND.replace(';', '; COMMIT; BEGIN;')} COMMIT")
    async with await Session.open(target, what="test") as opened:
        yield opened


async def linted(session: Session, table: str) -> dict[str, Lint]:
    """Return what there is to say but for the version, which is that of the server here."""
    found = await lint(session, await find_one(session, table))
    return {each.id: each for each in found if each.id != "version"}


@pytest.mark.parametrize(
    ("table", "id", "said", "remedy"),
    [
        ("bare", "no_index", "No index is on 10,500 vectors: each search reads them all.", "bare_e_cosine_hnsw"),
        ("holes", "nulls", "1 of 9 rows have no vector: no search by vectors finds them.", ""),
        ("holes", "zeros", "1 vector of zeros: a cosine distance to them is not a number.", ""),
        ("lengths", "lengths", "an inner product prefers the long ones to the near", ""),
        ("twice", "two_alike", "twice_z and twice_a are both for L2", "DROP INDEX CONCURRENTLY public.twice_a;"),
        ("lists", "few_lists", "lists_e has 1 list for 10,500 rows", "ALTER INDEX public.lists_e SET (lists = 10);"),
        ("early", "stale_lists", "early_e was built before 100%", "REINDEX INDEX CONCURRENTLY public.early_e;"),
        ("loose", "any_length", "takes vectors of any length", ""),
        ("broken", "invalid_index", "broken_e is not valid", "REINDEX INDEX CONCURRENTLY public.broken_e;"),
        ("unknown", "never_analysed", "never analysed", "ANALYZE public.unknown;"),
    ],
)
async def test_what_is_wrong_is_said_and_mended(
    session: Session, databases: Databases, table: str, id: str, said: str, remedy: str
) -> None:
    found = (await linted(session, table))[id]
    assert said in found.sentence
    assert remedy in found.remedy
    if found.remedy:
        with databases.connect(session.target) as connection:
            for statement in found.remedy.split(";\n"):
                connection.execute(statement.encode())
            connection.execute("ANALYZE")
        again = await linted(session, table)
        assert id not in again, again[id]


@pytest.mark.parametrize("table", ["fine", "even"])
async def test_nothing_is_wrong(session: Session, table: str) -> None:
    assert await linted(session, table) == {}


async def test_probes_that_are_too_few(session: Session, databases: Databases) -> None:
    with databases.connect(session.target) as connection:
        connection.execute("REINDEX INDEX early_e")
        remedy = (await linted(session, "early"))["few_probes"].remedy
        assert remedy == f"ALTER DATABASE {session.target.database} SET ivfflat.probes = 10;"
        connection.execute(remedy.encode())
    async with await Session.open(session.target, what="test") as later:
        assert await linted(later, "early") == {}


async def test_an_index_that_nobody_uses(session: Session, databases: Databases) -> None:
    with databases.connect(session.target) as connection:
        connection.execute("REINDEX INDEX lists_e")
        for _ in range(100):
            connection.execute("SELECT id FROM lists ORDER BY e <=> '[1,2,3,4]' LIMIT 1")
        connection.execute("SELECT pg_stat_force_next_flush()")
        found = await linted(session, "lists")
        assert found["unused_index"].sentence.endswith("it serves L2 with ORDER BY and LIMIT only.")
        connection.execute("SET enable_seqscan = off")
        connection.execute("SELECT id FROM lists ORDER BY e <-> '[1,2,3,4]' LIMIT 1")
        connection.execute("SELECT pg_stat_force_next_flush()")
        assert "unused_index" not in await linted(session, "lists")


def made(column: VectorColumn, available: str = "0.8.6", **more: Any) -> dict[str, Lint]:
    ground = Ground(100, maintenance_work_mem=64 << 20, shared_buffers=64 << 20, available=available)
    return {each.id: each for each in of_catalog(replace(column, **more), ground)}


async def test_versions(session: Session) -> None:
    column = await find_one(session, "fine")
    assert "may write beyond their memory" in made(column, version="0.8.1")["version"].sentence
    assert "VACUUM may corrupt" in made(column, version="0.8.2")["version"].sentence
    assert made(column, version="0.8.5")["version"].remedy == "ALTER EXTENSION vector UPDATE;"
    assert made(column, version="0.8.6") == {}
    alone = made(column, "0.8.5", version="0.8.5")["version"]
    assert alone.sentence.endswith("The server has no newer one.")
    assert alone.remedy == ""


async def test_an_index_larger_than_memory(session: Session) -> None:
    column = await find_one(session, "fine")
    large = tuple(replace(index, size=1 << 30) for index in column.indexes)
    said = made(column, indexes=large, version="0.9.0")["larger_than_memory"].sentence
    assert said == "fine_e has 1.00 GB, and shared_buffers only 64.0 MB."
