"""The table of features, held against servers of each version: what is too new fails there, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from console.migrations.preflight import features
from console.sql import grammar
from tests import servers
from tests.databases import Databases

_GROUND = """
CREATE TABLE t (id int, a int, b int, note text, js jsonb, span int4range);
CREATE TABLE s (id int PRIMARY KEY, a int, UNIQUE (id, a));
CREATE TABLE o (r int4range, span int4range);
CREATE TABLE g (a int, d int GENERATED ALWAYS AS (a + 1) STORED);
CREATE ROLE features_one; CREATE ROLE features_two;
"""
# The version that it came with, and a statement that fails before.
CASES = [
    (15, "CREATE TABLE x (a int UNIQUE NULLS NOT DISTINCT)"),
    (15, "CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT"),
    (15, "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE"),
    (15, "CREATE VIEW v WITH (security_invoker = true) AS SELECT 1 AS a"),
    (15, "ALTER TABLE t ADD FOREIGN KEY (id, a) REFERENCES s (id, a) ON DELETE SET NULL (a)"),
    (15, "ALTER TABLE t SET ACCESS METHOD heap"),
    (15, "CREATE PUBLICATION p FOR TABLES IN SCHEMA public"),
    (15, "CREATE PUBLICATION p FOR TABLE t WHERE (a > 1)"),
    (15, "CREATE PUBLICATION p FOR TABLE t (a)"),
    (15, "GRANT SET ON PARAMETER work_mem TO features_one"),
    (16, "CREATE TABLE x (a text STORAGE main)"),
    (16, "GRANT features_one TO features_two WITH INHERIT TRUE"),
    (16, "SELECT '1' IS JSON"),
    (16, "SELECT JSON_OBJECT('a': 1)"),
    (16, "SELECT JSON_ARRAY(1)"),
    (17, "SELECT * FROM JSON_TABLE('[]'::jsonb, '$' COLUMNS (a int)) AS x"),
    (17, "SELECT JSON_VALUE('1'::jsonb, '$')"),
    (17, "MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE"),
    (17, "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE RETURNING t.id"),
    (17, "ALTER TABLE g ALTER d SET EXPRESSION AS (a + 2)"),
    (17, "GRANT MAINTAIN ON t TO features_one"),
    (17, "SET transaction_timeout = 0"),
    (18, "CREATE TABLE x (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL)"),
    (18, "CREATE TABLE x (a int, b int GENERATED ALWAYS AS (a + 1))"),
    (18, "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED"),
    (18, "ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID"),
    (18, "ALTER TABLE o ADD PRIMARY KEY (r, span WITHOUT OVERLAPS)"),
]
PLAIN = [
    "CREATE TABLE x (a int CONSTRAINT n NOT NULL, b int UNIQUE, CHECK (a > 0), FOREIGN KEY (a) REFERENCES s (id))",
    "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
    "CREATE TABLE x (a int, b int GENERATED ALWAYS AS (a + 1) STORED)",
    "CREATE DOMAIN d AS int CHECK (VALUE > 0)",
    "SELECT json_object('{a,1}')",
    "GRANT features_one TO features_two WITH ADMIN OPTION",
    "CREATE PUBLICATION p FOR TABLE t",
    "COPY t FROM '/dev/null' (FORMAT csv)",
]


@pytest.mark.parametrize(("since", "sql"), CASES)
@pytest.mark.parametrize("version", servers.VERSIONS)
def test_what_is_too_new(version: int, since: int, sql: str) -> None:
    found = list(features.newer(grammar.tree(sql), sql, version))
    assert [each.since for each in found] == [since] * (version < since)


@pytest.mark.parametrize("sql", PLAIN)
def test_what_is_not(sql: str) -> None:
    assert list(features.newer(grammar.tree(sql), sql, 14)) == []


@pytest.fixture(scope="module", params=servers.VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Run a server of each version, with what the statements are about."""
    version: int = request.param
    folder = tmp_path_factory.mktemp(f"features{version}")
    with Databases.started(folder, version=version, installation=servers.installation(version)) as databases:
        with databases.connect() as connection:
            connection.execute(_GROUND)
        yield databases


@pytest.mark.slow
@pytest.mark.parametrize(("since", "sql"), [*CASES, *((14, sql) for sql in PLAIN)])
def test_the_server_agrees(old: Databases, since: int, sql: str) -> None:
    with old.connect() as connection:
        assert _fails(connection, sql) is (old.server.installation.version < since)


def _fails(connection: psycopg.Connection[Any], sql: str) -> bool:
    with connection.transaction(force_rollback=True):
        try:
            connection.execute(sql.encode())
        except psycopg.Error:
            return True
    return False
