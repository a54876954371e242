"""Hazards against the truth: each statement runs on a real server, which is asked what it locked, rewrote and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.migrations.files.folder import Migration, Script
from console.migrations.hazards import server
from console.migrations.hazards.hazard import Hazard, Kind, Lock
from console.migrations.hazards.looking import Looked
from console.migrations.ledgers.ledger import Direction
from console.migrations.plan import Step
from tests.databases import Databases
from tests.migrations.observing import GROUND, Observed, observe

_READ = (Kind.REWRITE, Kind.SCAN, Kind.BUILD)
_PROMISED = Lock.SHARE  # a weaker lock harms nobody, and only matters where something takes long


def migration(*statements: str, transaction: bool | None = None) -> Migration:
    return Migration("1", "test", "", Script(Path("1_test.up.sql"), ";\n".join(statements), transaction))


def step(*statements: str) -> Step:
    return Step(migration(*statements), Direction.UP)


def of_last(found: Looked, statements: tuple[str, ...]) -> list[Hazard]:
    return [hazard for hazard in found.hazards if hazard.line == len(statements)]


@pytest.fixture(scope="module")
def ground(databases: Databases) -> Iterator[Target]:
    """Make the database that all of these look at, and none changes."""
    target = databases.make(GROUND)
    yield target
    databases.drop(target)


@pytest.fixture(scope="module")
def truth(ground: Target, databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection that runs statements and rolls them back."""
    with databases.connect(ground) as connection:
        yield connection


# Statements apart by " ;; " run one after the other, and the last is looked at.
BRIEF = [
    "ALTER TABLE orders ADD COLUMN c int",
    "ALTER TABLE orders ADD COLUMN c int DEFAULT 1",
    "ALTER TABLE orders ADD COLUMN c int NOT NULL DEFAULT 1",
    "ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT now()",
    "ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT (now() AT TIME ZONE 'utc')",
    "ALTER TABLE orders ADD COLUMN c date DEFAULT CURRENT_DATE",
    "ALTER TABLE orders ADD COLUMN c jsonb DEFAULT jsonb_build_object('a', lower('B'))",
    "ALTER TABLE orders ADD COLUMN c int DEFAULT two()",
    "ALTER TABLE orders ADD COLUMN c int REFERENCES orders",
    "ALTER TABLE lines ADD COLUMN c int REFERENCES orders",
    "ALTER TABLE orders DROP COLUMN amount",
    "ALTER TABLE orders DROP COLUMN note CASCADE",
    "ALTER TABLE orders ALTER small SET DEFAULT 1",
    "ALTER TABLE orders ALTER code SET DEFAULT random()::text",
    "ALTER TABLE orders ALTER small DROP DEFAULT",
    "ALTER TABLE orders ALTER kept SET NOT NULL",
    "ALTER TABLE lines ALTER proven SET NOT NULL",
    "ALTER TABLE orders ALTER kept DROP NOT NULL",
    "ALTER TABLE orders ALTER code TYPE varchar(20)",
    "ALTER TABLE orders ALTER code TYPE varchar",
    "ALTER TABLE orders ALTER code TYPE text",
    "ALTER TABLE orders ALTER code TYPE text USING code",
    "ALTER TABLE orders ALTER code TYPE text USING code::text",
    "ALTER TABLE orders ALTER memo TYPE varchar",
    "ALTER TABLE orders ALTER memo TYPE text",
    "ALTER TABLE orders ALTER amount TYPE numeric(10, 2)",
    "ALTER TABLE orders ALTER amount TYPE numeric(8, 2)",
    "ALTER TABLE orders ALTER amount TYPE numeric",
    "ALTER TABLE orders ALTER at_zone TYPE timestamptz(6)",
    "ALTER TABLE orders ALTER at_zone TYPE timestamptz",
    "ALTER TABLE orders ALTER at TYPE timestamp(6)",
    "ALTER TABLE orders ALTER flags TYPE varbit(16)",
    "ALTER TABLE orders ALTER flags TYPE varbit",
    "ALTER TABLE orders ALTER net TYPE inet",
    "ALTER TABLE orders ALTER letters TYPE char(4)",
    "ALTER TABLE orders ALTER free TYPE int",
    "ALTER TABLE orders ALTER free TYPE int USING free::int",
    "ALTER TABLE orders ADD CONSTRAINT c CHECK (small > 0) NOT VALID",
    "ALTER TABLE lines ADD CONSTRAINT c FOREIGN KEY (order_id) REFERENCES orders NOT VALID",
    "ALTER TABLE lines ADD CONSTRAINT c NOT NULL mood NOT VALID",
    "ALTER TABLE orders ADD UNIQUE USING INDEX orders_kept",
    "ALTER TABLE orders DROP CONSTRAINT kept_small",
    "ALTER TABLE lines ALTER CONSTRAINT known DEFERRABLE",
    "ALTER TABLE orders RENAME TO o",
    "ALTER TABLE orders RENAME COLUMN note TO n",
    "ALTER TABLE orders RENAME CONSTRAINT kept_small TO k",
    "ALTER INDEX orders_code RENAME TO o",
    "ALTER INDEX orders_code SET (fillfactor = 70)",
    "ALTER TABLE orders SET SCHEMA side",
    "ALTER TABLE orders SET (fillfactor = 70, autovacuum_enabled = off, parallel_workers = 2)",
    "ALTER TABLE orders SET (user_catalog_table = true)",
    "ALTER TABLE orders RESET (fillfactor)",
    "ALTER TABLE orders CLUSTER ON orders_code",
    "ALTER TABLE orders SET WITHOUT CLUSTER",
    "ALTER TABLE orders ALTER code SET STATISTICS 500",
    "ALTER TABLE orders ALTER code SET (n_distinct = 5)",
    "ALTER TABLE orders ALTER code SET STORAGE EXTERNAL",
    "ALTER TABLE orders ALTER code SET COMPRESSION pglz",
    "ALTER TABLE orders ALTER kept ADD GENERATED ALWAYS AS IDENTITY",
    "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE orders FORCE ROW LEVEL SECURITY",
    "ALTER TABLE orders DISABLE TRIGGER touched",
    "ALTER TABLE orders ENABLE ALWAYS TRIGGER touched",
    "ALTER TABLE orders ENABLE TRIGGER ALL",
    "ALTER TABLE orders DISABLE TRIGGER USER",
    "ALTER TABLE measured DISABLE RULE silent",
    "ALTER TABLE orders REPLICA IDENTITY FULL",
    "ALTER TABLE orders OWNER TO CURRENT_USER",
    "ALTER TABLE parent DETACH PARTITION part_1",
    "CREATE TABLE part_4 PARTITION OF parent FOR VALUES FROM (5000) TO (6000)",
    "CREATE TABLE x (id int REFERENCES orders)",
    "CREATE TABLE x (LIKE orders INCLUDING ALL)",
    "CREATE TABLE x () INHERITS (lines)",
    "CREATE INDEX i ON ONLY parent (id)",
    "DROP INDEX orders_code",
    "LOCK TABLE orders",
    "LOCK TABLE orders IN SHARE MODE",
    "LOCK TABLE orders IN ROW SHARE MODE",
    "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch()",
    "ALTER TRIGGER touched ON orders RENAME TO x",
    "DROP TRIGGER touched ON orders",
    "CREATE RULE r AS ON DELETE TO orders DO NOTHING",
    "DROP RULE silent ON measured",
    "CREATE POLICY p ON orders USING (true)",
    "ALTER POLICY mine ON orders USING (false)",
    "ALTER POLICY mine ON orders RENAME TO x",
    "DROP POLICY mine ON orders",
    "COMMENT ON TABLE orders IS 'x'",
    "GRANT SELECT ON orders TO PUBLIC",
    "CREATE STATISTICS st ON code, note FROM orders",
    "CREATE PUBLICATION p FOR TABLE orders",
    "DROP TABLE part_2",
    "DROP VIEW seen",
    "DROP MATERIALIZED VIEW summed",
    "CREATE OR REPLACE VIEW seen AS SELECT id, note, code FROM orders",
    "ALTER VIEW seen RENAME TO s",
    "ALTER TYPE mood ADD VALUE 'wild'",
    "ALTER DOMAIN plain ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID",
    "ALTER DOMAIN plain SET DEFAULT 1",
    "ALTER TABLE lines ADD CONSTRAINT p CHECK (mood IS NOT NULL) NOT VALID ;; ALTER TABLE lines VALIDATE CONSTRAINT p"
    " ;; ALTER TABLE lines ALTER mood SET NOT NULL",
]
LONG = [
    "ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT clock_timestamp()",
    "ALTER TABLE orders ADD COLUMN c uuid DEFAULT gen_random_uuid()",
    "ALTER TABLE orders ADD COLUMN c int DEFAULT lot()",
    "ALTER TABLE orders ADD COLUMN c serial",
    "ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS IDENTITY",
    "ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS (small + 1) STORED",
    "ALTER TABLE orders ADD COLUMN c int CHECK (c > 0)",
    "ALTER TABLE orders ADD COLUMN c int DEFAULT 1 CHECK (c > 0)",
    "ALTER TABLE orders ADD COLUMN c int UNIQUE",
    "ALTER TABLE lines ADD COLUMN c int DEFAULT 1 REFERENCES orders",
    "ALTER TABLE orders ADD COLUMN c positive",
    "ALTER TABLE orders ALTER small SET NOT NULL",
    "ALTER TABLE orders ALTER code TYPE varchar(5)",
    "ALTER TABLE orders ALTER memo TYPE varchar(10)",
    "ALTER TABLE orders ALTER amount TYPE numeric(10, 3)",
    "ALTER TABLE orders ALTER amount TYPE numeric(9)",
    "ALTER TABLE orders ALTER free TYPE bigint",
    "ALTER TABLE orders ALTER small TYPE int",
    "ALTER TABLE orders ALTER free TYPE int USING kept",
    "ALTER TABLE orders ALTER at TYPE timestamp(3)",
    "ALTER TABLE orders ALTER at_zone TYPE timestamptz(2)",
    "ALTER TABLE orders ALTER at TYPE timestamptz USING at AT TIME ZONE 'UTC'",
    "SET LOCAL timezone = 'Europe/Berlin' ;; ALTER TABLE orders ALTER at TYPE timestamptz",
    "ALTER TABLE orders ALTER day TYPE timestamp",
    "ALTER TABLE orders ALTER letters TYPE char(8)",
    "ALTER TABLE orders ALTER letters TYPE text",
    "ALTER TABLE orders ALTER doc TYPE jsonb",
    "ALTER TABLE orders ALTER span TYPE interval(3)",
    "ALTER TABLE orders ALTER many TYPE varchar(9)[]",
    "ALTER TABLE orders ALTER code TYPE text USING upper(code)",
    "ALTER TABLE lines ALTER mood TYPE mood USING 'calm'::mood",
    "ALTER TABLE orders ADD CONSTRAINT c CHECK (small > 0)",
    "ALTER TABLE lines ADD CONSTRAINT c FOREIGN KEY (order_id) REFERENCES orders",
    "ALTER TABLE lines ADD CONSTRAINT c NOT NULL mood",
    "ALTER TABLE lines VALIDATE CONSTRAINT later",
    "ALTER TABLE lines VALIDATE CONSTRAINT later_key",
    "ALTER TABLE lines ADD PRIMARY KEY (proven)",
    "ALTER TABLE lines ADD PRIMARY KEY USING INDEX lines_id",
    "ALTER TABLE orders ADD UNIQUE (small)",
    "ALTER TABLE orders ADD EXCLUDE (small WITH =)",
    "ALTER TABLE orders ADD COLUMN c int, ADD CHECK (small > 0)",
    "ALTER TABLE lines ADD FOREIGN KEY (order_id) REFERENCES orders, ADD COLUMN c int",
    "ALTER TABLE drafts SET LOGGED",
    "ALTER TABLE parent ATTACH PARTITION part_2 FOR VALUES FROM (1000) TO (2000)",
    "ALTER TABLE parent ADD COLUMN c int DEFAULT random()",
    "ALTER TABLE parent ALTER at SET NOT NULL",
    "CREATE INDEX i ON orders (small)",
    "CREATE INDEX i ON parent (id)",
    "CREATE UNIQUE INDEX i ON lines (order_id)",
    "CREATE INDEX i ON summed (count)",
    "REINDEX TABLE orders",
    "CLUSTER orders USING orders_code",
    "REFRESH MATERIALIZED VIEW summed",
    "REFRESH MATERIALIZED VIEW CONCURRENTLY summed",
    "ALTER DOMAIN plain ADD CONSTRAINT c CHECK (VALUE > 0)",
    "ALTER DOMAIN plain SET NOT NULL",
    "ALTER TABLE lines ADD CONSTRAINT p CHECK (mood IS NOT NULL) NOT VALID ;; ALTER TABLE lines VALIDATE CONSTRAINT p",
    "ALTER TABLE orders ADD COLUMN c int ;; CREATE INDEX i ON orders (c)",
    "TRUNCATE lines",
    "UPDATE orders SET small = 1",
    "DELETE FROM lines",
]
NEWER = {"NOT NULL mood": 18}


async def sized(target: Target, *statements: str) -> tuple[list[Hazard], tuple[Hazard, ...]]:
    """Return the hazards of the last statement, and those of all, with what the server knows."""
    async with await Session.open(target, what="test") as session:
        [found] = await server.steps(session, [step(*statements)])
    assert not found.problem
    return of_last(found, statements), found.hazards


def locks(found: Sequence[Hazard]) -> dict[str, Lock]:
    """Return the strongest lock on each relation, as far as it blocks anybody."""
    strongest: dict[str, Lock] = {}
    for hazard in found:
        if hazard.relation is not None and hazard.lock >= _PROMISED:
            name = hazard.relation.name
            strongest[name] = max(hazard.lock, strongest.get(name, Lock.NONE))
    return strongest


def too_new(connection: psycopg.Connection[Any], case: str) -> bool:
    return any(part in case and connection.info.server_version // 10000 < since for part, since in NEWER.items())


def holds(seen: Observed, found: Sequence[Hazard], case: str) -> None:
    """Compare what a hazard says of its relation with what the server did to it and its children."""
    said = locks(found)
    strong = {name: lock for name, lock in seen.locks.items() if lock >= _PROMISED}
    family = {"parent": {"part_1"}, "orders": {"seen"}, "orders_code": {"orders"}, "plain": {"measured"}}
    covered = set(said) | {child for name in said for child in family.get(name, ())}
    assert set(strong) <= covered, f"{case} locks {strong}, and {said} is said"
    for name, lock in said.items():
        real = {strong[each] for each in (name, *family.get(name, ())) if each in strong}
        assert lock in real, f"{case} locks {strong}, and {said} is said"


@pytest.mark.parametrize("case", BRIEF)
async def test_brief_ones(truth: psycopg.Connection[Any], ground: Target, case: str) -> None:
    """Nothing is read or written from end to end; the locks are as they are said."""
    if too_new(truth, case):
        return
    statements = tuple(case.split(" ;; "))
    seen = observe(truth, *statements)
    found, script = await sized(ground, *statements)
    assert (seen.rewritten, seen.read) == (set(), set())
    assert not [hazard for hazard in found if hazard.kind in _READ]
    holds(seen, script, case)


@pytest.mark.parametrize("case", LONG)
async def test_long_ones(truth: psycopg.Connection[Any], ground: Target, case: str) -> None:
    """What is rewritten or read from end to end is said to be, and nothing else; the locks are as they are said."""
    if too_new(truth, case):
        return
    statements = tuple(case.split(" ;; "))
    seen = observe(truth, *statements)
    assert seen.rewritten | seen.read, "it takes long"
    found, script = await sized(ground, *statements)
    kinds = {hazard.kind for hazard in found}
    if case.startswith(("TRUNCATE", "DELETE", "UPDATE")):
        assert kinds & {Kind.LOSS, Kind.BULK}
    else:
        assert (Kind.REWRITE in kinds) is bool(seen.rewritten)
        assert kinds & set(_READ)
    holds(seen, script, case)


async def test_what_is_locked_is_not_waited_for(ground: Target, databases: Databases) -> None:
    """Its bytes stay unknown, its rows are the planner's, and the hazard is there all the same."""
    with databases.connect(ground) as other, other.transaction(force_rollback=True):
        other.execute("LOCK TABLE lines")
        found, _ = await sized(ground, "DROP TABLE lines")
    assert found[0].sentence == "Drops public.lines (≈ 500 rows): these rows are lost."


async def test_rows_that_nothing_has_analysed_are_counted(ground: Target, databases: Databases) -> None:
    """Up to a bound: enough to know that there are some."""
    with databases.connect(ground) as connection:
        connection.execute("CREATE TABLE fresh AS SELECT generate_series(1, 3) AS a")
        connection.execute("CREATE TABLE full_one AS SELECT generate_series(1, 10500) AS a")
        connection.execute("CREATE TABLE empty_one (a int)")
    drops = [f"DROP TABLE {name}" for name in ("fresh", "full_one", "empty_one")]
    _, script = await sized(ground, *drops)
    sentences = [hazard.sentence for hazard in script]
    assert "3 rows" in sentences[0]
    assert "more than 10,000 rows" in sentences[1]
    assert sentences[2].endswith("it is empty.")


async def test_the_search_path_of_the_database_finds_them(
    make_database: Callable[..., Target], databases: Databases
) -> None:
    """A name without a schema is that of the first schema of the path that has it."""
    target = make_database("CREATE SCHEMA app; CREATE TABLE app.orders (a int); CREATE TABLE public.orders (a int)")
    for path in ("app, public", "public, app"):
        with databases.connect(target) as connection:
            connection.execute(f'ALTER DATABASE "{target.database}" SET search_path = {path}'.encode())
        async with await Session.open(target, what="test") as session:
            [found] = await server.steps(session, [step("CREATE INDEX ON orders (a)")])
        assert str(found.hazards[0].relation) == f"{path.split(',')[0]}.orders"


async def test_an_index_that_is_there_is_not_built_again(ground: Target) -> None:
    """IF NOT EXISTS does nothing then."""
    assert not (await sized(ground, "CREATE INDEX IF NOT EXISTS orders_code ON orders (code)"))[0]
    assert (await sized(ground, "CREATE INDEX IF NOT EXISTS other ON orders (code)"))[0]


async def test_partitions_count_with_their_parent(ground: Target) -> None:
    found, _ = await sized(ground, "ALTER TABLE parent ADD COLUMN c int DEFAULT random()")
    assert "≈ 500 rows, 1 partition" in found[0].sentence
