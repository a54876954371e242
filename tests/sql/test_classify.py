"""What a statement does, whether it can be in a transaction, and how it is called in one line."""

from __future__ import annotations

import pytest

from console.sql import outside
from console.sql.classify import Effect, effect, transactional
from console.sql.statements import one
from console.sql.title import title


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", Effect.READ),
        ("WITH a AS (SELECT 1) SELECT * FROM a", Effect.READ),
        ("SHOW work_mem", Effect.READ),
        ("EXPLAIN DELETE FROM t", Effect.READ),
        ("EXPLAIN (ANALYZE off) DELETE FROM t", Effect.READ),
        ("COPY t TO STDOUT", Effect.READ),
        ("SELECT 1 FOR UPDATE", Effect.WRITE),
        ("WITH a AS (DELETE FROM t RETURNING 1) SELECT 1", Effect.WRITE),
        ("EXPLAIN ANALYZE DELETE FROM t", Effect.WRITE),
        ("EXPLAIN (ANALYZE true) INSERT INTO t VALUES (1)", Effect.WRITE),
        ("INSERT INTO t VALUES (1)", Effect.WRITE),
        ("COPY t FROM '/x'", Effect.WRITE),
        ("COPY (SELECT 1) TO '/x'", Effect.WRITE),
        ("DO $$ BEGIN END $$", Effect.WRITE),
        ("CALL p()", Effect.WRITE),
        ("SELECT 1 INTO t", Effect.DDL),
        ("CREATE TABLE t ()", Effect.DDL),
        ("EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1", Effect.DDL),
        ("GRANT SELECT ON t TO r", Effect.DDL),
        ("ALTER TYPE t ADD VALUE 'x'", Effect.DDL),
        ("BEGIN", Effect.TRANSACTION),
        ("ROLLBACK TO s", Effect.TRANSACTION),
        ("SET work_mem = '1MB'", Effect.SESSION),
        ("VACUUM t", Effect.MAINTENANCE),
        ("ANALYZE t", Effect.MAINTENANCE),
    ],
)
def test_effect(sql: str, expected: Effect) -> None:
    assert effect(one(sql)) is expected


@pytest.mark.parametrize(
    ("sql", "command"),
    [
        ("CREATE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX CONCURRENTLY"),
        ("DROP INDEX CONCURRENTLY i", "DROP INDEX CONCURRENTLY"),
        ("REINDEX TABLE CONCURRENTLY t", "REINDEX CONCURRENTLY"),
        ("REINDEX (VERBOSE, CONCURRENTLY) INDEX i", "REINDEX CONCURRENTLY"),
        ("REINDEX SCHEMA s", "REINDEX SCHEMA"),
        ("REINDEX DATABASE", "REINDEX DATABASE"),
        ("VACUUM", "VACUUM"),
        ("VACUUM (FULL, ANALYZE) t", "VACUUM"),
        ("CLUSTER", "CLUSTER of all tables"),
        ("CREATE DATABASE d", "CREATE DATABASE"),
        ("DROP DATABASE d WITH (FORCE)", "DROP DATABASE"),
        ("ALTER DATABASE d SET TABLESPACE s", "ALTER DATABASE SET TABLESPACE"),
        ("CREATE TABLESPACE s LOCATION '/x'", "CREATE TABLESPACE"),
        ("DROP TABLESPACE s", "DROP TABLESPACE"),
        ("ALTER SYSTEM SET work_mem = '1MB'", "ALTER SYSTEM"),
        ("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "DETACH PARTITION CONCURRENTLY"),
        ("DISCARD ALL", "DISCARD ALL"),
        ("COMMIT PREPARED 'x'", "COMMIT PREPARED"),
        ("CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", "CREATE SUBSCRIPTION with a slot to create"),
        ("ALTER SUBSCRIPTION s REFRESH PUBLICATION", "ALTER SUBSCRIPTION … REFRESH PUBLICATION"),
        ("ALTER SUBSCRIPTION s ADD PUBLICATION p", "ALTER SUBSCRIPTION with refresh"),
        ("DROP SUBSCRIPTION s", "DROP SUBSCRIPTION"),
    ],
)
def test_what_cannot_be_in_a_transaction(sql: str, command: str) -> None:
    assert outside.reason(one(sql)) == f"{command} cannot run inside a transaction block."
    assert not transactional(one(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE INDEX i ON t (a)",
        "DROP INDEX i",
        "DROP TABLE t",
        "REINDEX TABLE t",
        "REINDEX (CONCURRENTLY false) TABLE t",
        "ANALYZE t",
        "CLUSTER t USING i",
        "ALTER TABLE t DETACH PARTITION p",
        "ALTER TABLE t DETACH PARTITION p FINALIZE",
        "ALTER DATABASE d SET work_mem = '1MB'",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
        "ALTER TYPE t ADD VALUE 'x'",
        "DISCARD PLANS",
        "PREPARE TRANSACTION 'x'",
        "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = false)",
        "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)",
        "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)",
        "CHECKPOINT",
    ],
)
def test_what_can(sql: str) -> None:
    assert transactional(one(sql))


def test_a_new_value_of_an_enum_wants_care() -> None:
    expected = "The new value 'x' cannot be used before this transaction is committed."
    assert outside.caution(one("ALTER TYPE t ADD VALUE 'x' BEFORE 'y'")) == expected
    assert outside.caution(one("ALTER TYPE t RENAME VALUE 'x' TO 'y'")) == ""
    assert outside.caution(one("SELECT 1")) == ""


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("-- a comment\nCREATE TABLE IF NOT EXISTS skin_twin.nodes (id int)", "CREATE TABLE skin_twin.nodes"),
        ("CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE VIEW v"),
        ("CREATE UNIQUE INDEX i ON t USING btree (a)", "CREATE UNIQUE INDEX i ON t"),
        ("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS $$SELECT 1$$", "CREATE FUNCTION f"),
        ("CREATE POLICY p ON t FOR SELECT USING (true)", "CREATE POLICY p ON t"),
        ('CREATE TABLE "a (b)" ()', 'CREATE TABLE "a (b)"'),
        ("INSERT INTO t (a) VALUES (1)", "INSERT INTO t"),
        ("INSERT INTO t SELECT 1", "INSERT INTO t"),
        ("UPDATE t SET a = 1", "UPDATE t"),
        ("DELETE FROM ONLY t WHERE a", "DELETE FROM t"),
        ("ALTER TABLE users\n  ADD COLUMN age int", "ALTER TABLE users ADD COLUMN age int"),
        ("COMMENT ON COLUMN t.a IS 'it''s'", "COMMENT ON COLUMN t.a"),
        ("DO $$ BEGIN END $$", "DO …"),
        ("ALTER ROLE app PASSWORD 'secret'", "ALTER ROLE app PASSWORD …"),
        (
            "CREATE SUBSCRIPTION s CONNECTION 'password=secret' PUBLICATION p",
            "CREATE SUBSCRIPTION s CONNECTION … PUBLICATION p",
        ),
        ("ALTER TYPE mood ADD VALUE 'glad'", "ALTER TYPE mood ADD VALUE 'glad'"),
        ("REINDEX (CONCURRENTLY) TABLE t", "REINDEX TABLE t"),
        ("SELECT a, /* why */ b FROM t", "SELECT a, b FROM t"),
        ("SELECT " + "a, " * 90 + "b", "SELECT " + "a, " * 17 + "a…"),
        ('DROP TABLE "\x1b[31m"', 'DROP TABLE "␛[31m"'),
    ],
)
def test_title(sql: str, expected: str) -> None:
    assert title(one(sql)) == expected
