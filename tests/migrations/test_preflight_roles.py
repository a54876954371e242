"""Roles that a plan names: what preflight says is missing is what the server misses, and nothing else."""

from __future__ import annotations

import psycopg
import pytest

from console.config.profile import Target
from console.migrations.preflight.finding import Status
from tests.databases import Databases
from tests.migrations.preflights import looked

GROUND = """
CREATE TABLE kept (id int);
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1;
"""
NO = "preflight_nobody"
SCRIPTS = [
    f"GRANT SELECT ON kept TO {NO};",
    f"REVOKE SELECT ON kept FROM {NO};",
    f"GRANT {NO} TO postgres;",
    f"GRANT postgres TO {NO};",
    f"CREATE POLICY p ON kept TO {NO}, PUBLIC USING (true);",
    f"ALTER TABLE kept OWNER TO {NO};",
    f"ALTER FUNCTION f() OWNER TO {NO};",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {NO} GRANT SELECT ON TABLES TO PUBLIC;",
    f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {NO};",
    f"CREATE SCHEMA s AUTHORIZATION {NO};",
    f"CREATE ROLE preflight_new IN ROLE {NO};",
    f"ALTER ROLE {NO} SET work_mem = '8MB';",
    f"DROP ROLE {NO};",
    f"DROP OWNED BY {NO};",
    f"REASSIGN OWNED BY {NO} TO postgres;",
    f"SET ROLE {NO};",
    f"SET LOCAL SESSION AUTHORIZATION '{NO}';",
    f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC; GRANT SELECT ON kept TO {NO};",
    f'GRANT SELECT ON kept TO "{NO} too";',
]
FINE = [
    "GRANT SELECT ON kept TO postgres, PUBLIC, CURRENT_USER;",
    "SET ROLE NONE;",
    f"DROP ROLE IF EXISTS {NO};",
    f"ALTER TABLE IF EXISTS gone OWNER TO {NO};",
    f"CREATE ROLE {NO}; GRANT SELECT ON kept TO {NO}; DROP OWNED BY {NO}; DROP ROLE {NO};",
    f"CREATE ROLE preflight_x; ALTER ROLE preflight_x RENAME TO {NO}; GRANT {NO} TO postgres;",
    f"DO $$ BEGIN CREATE ROLE {NO}; END $$; GRANT SELECT ON kept TO {NO};",
]


@pytest.fixture(scope="module")
def ground(databases: Databases) -> Target:
    return databases.make(GROUND)


@pytest.mark.parametrize(("script", "missing"), [(each, True) for each in SCRIPTS] + [(each, False) for each in FINE])
async def test_it_stops_where_the_server_would(
    ground: Target, databases: Databases, script: str, *, missing: bool
) -> None:
    stops = [each for each in (await looked(ground, script)).findings if each.status is Status.STOP]
    assert bool(stops) is missing
    assert refused(databases, ground, script) is missing
    if missing:
        assert f"there is no role {NO}" in stops[0].sentence
        assert "CREATE ROLE" in stops[0].advice


def refused(databases: Databases, target: Target, script: str) -> bool:
    """Run a script in a transaction that is rolled back; tell whether the server missed a role."""
    with databases.connect(target) as connection, connection.transaction(force_rollback=True):
        try:
            with connection.transaction():
                connection.execute(script.encode())
        except (psycopg.errors.UndefinedObject, psycopg.errors.InvalidParameterValue) as error:
            return "does not exist" in str(error)
    return False
