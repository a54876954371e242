"""The first sample system step by step, on servers of its own: up, verify, down, and nothing is left."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from console.sql.statements import split
from tests import servers
from tests.databases import Databases
from tests.systems.skintwin import CHECKS, FOLDER, MIGRATIONS

ROLES = ["anon", "authenticated", "service_role"]


@pytest.fixture(scope="module", params=[pytest.param(16, marks=pytest.mark.slow), 18])
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Run a server for this module alone: roles belong to the whole cluster."""
    with Databases.started(tmp_path_factory.mktemp("steps"), version=request.param) as databases:
        yield databases


def _run(connection: psycopg.Connection[Any], name: str, part: str) -> None:
    """Run one file as the runner does: a transaction, no search_path, one statement after the other."""
    with connection.transaction():
        connection.execute("SET LOCAL search_path = ''")
        for statement in split((FOLDER / f"{name}.{part}.sql").read_text()):
            connection.execute(statement.text.encode())


def _verify(connection: psycopg.Connection[Any], name: str) -> list[tuple[str, bool, str]]:
    checks: list[tuple[str, bool, str]] = []
    with connection.transaction(force_rollback=True):
        connection.execute("SET TRANSACTION READ ONLY")
        connection.execute("SET LOCAL search_path = ''")
        for statement in split((FOLDER / f"{name}.verify.sql").read_text()):
            checks += connection.execute(statement.text.encode()).fetchall()
    return checks


def _schema(cluster: Databases, database: str) -> list[str]:
    params = cluster.server.params(database)
    command = [servers.client(cluster.server.installation, "pg_dump"), "--schema-only", f"--host={params['host']}",
               f"--port={params['port']}", f"--username={params['user']}", database]  # fmt: skip
    dump = subprocess.run(command, capture_output=True, text=True, check=True, **cluster.server.user.run_options())
    return [line for line in dump.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]


def _roles(connection: psycopg.Connection[Any]) -> list[str]:
    found = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) ORDER BY 1", [ROLES])
    return [name for (name,) in found]


def test_up_verify_down_returns_step_by_step(cluster: Databases) -> None:
    target = cluster.make()
    schemas = [_schema(cluster, target.database)]
    with cluster.connect(target) as connection:
        for name in MIGRATIONS:
            before = _verify(connection, name)
            _run(connection, name, "up")
            after = _verify(connection, name)
            schemas.append(_schema(cluster, target.database))
            assert len(before) == len({check[0] for check in after}) == CHECKS[name]
            assert [check for check in after if check[1] is not True] == []
            assert [check for check in before if check[1] is not False] == []
        for name in reversed(MIGRATIONS):
            assert _schema(cluster, target.database) == schemas.pop()
            _run(connection, name, "down")
        assert _schema(cluster, target.database) == schemas.pop()
        assert _roles(connection) == []


def test_runs_for_an_owner_who_is_no_superuser(cluster: Databases) -> None:
    with cluster.connect() as superuser:
        superuser.execute("CREATE ROLE developer LOGIN CREATEROLE")
        superuser.execute("CREATE DATABASE developers OWNER developer")
    with cluster.connect("developers") as connection:
        connection.execute("SET SESSION AUTHORIZATION developer")
        for name in MIGRATIONS:
            _run(connection, name, "up")
        connection.execute((FOLDER / "data.sql").read_bytes())
        assert all(ok for name in MIGRATIONS for _, ok, _ in _verify(connection, name))
        for name in reversed(MIGRATIONS):
            _run(connection, name, "down")
        assert _roles(connection) == []


def test_roles_stay_while_another_database_uses_them(cluster: Databases) -> None:
    first, second = cluster.make(), cluster.make()
    with cluster.connect(first) as one, cluster.connect(second) as other:
        for connection in (one, other):
            for name in MIGRATIONS:
                _run(connection, name, "up")
        _run(one, MIGRATIONS[-1], "down")
        assert _roles(one) == ROLES
        assert all(ok for _, ok, _ in _verify(other, MIGRATIONS[-1]))
        _run(other, MIGRATIONS[-1], "down")
        assert _roles(one) == []


def test_roles_and_rights_that_were_there_before_stay(cluster: Databases) -> None:
    """A database such as Supabase makes: the roles exist, and default privileges give them every table of public."""
    target = cluster.make()
    with cluster.connect(target) as connection:
        for role in ROLES:
            connection.execute(f"CREATE ROLE {role} NOLOGIN".encode())
        connection.execute(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO anon, authenticated, service_role"
        )
        for name in MIGRATIONS[:-1]:
            _run(connection, name, "up")
        before = _schema(cluster, target.database)
        _run(connection, MIGRATIONS[-1], "up")
        assert all(ok for _, ok, _ in _verify(connection, MIGRATIONS[-1]))
        _run(connection, MIGRATIONS[-1], "down")
        assert _schema(cluster, target.database) == before
        assert _roles(connection) == ROLES
        connection.execute("DROP OWNED BY anon, authenticated, service_role")
        connection.execute("DROP ROLE anon, authenticated, service_role")
