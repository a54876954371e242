"""Every sample system step by step, on servers of their own: up, verify, down, and nothing is left."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.catalog import dumps
from tests.databases import Databases
from tests.systems import steps
from tests.systems.every import PARAMS, WITH_ROLES
from tests.systems.expected import System


@pytest.fixture(scope="module", params=[pytest.param(16, marks=pytest.mark.slow), 18])
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Run a server for this module alone: roles belong to the whole cluster."""
    with Databases.started(tmp_path_factory.mktemp("steps"), version=request.param) as databases:
        yield databases


@pytest.mark.parametrize("system", PARAMS)
def test_up_verify_down_returns_step_by_step_twice(cluster: Databases, system: System) -> None:
    target = cluster.make()
    schemas = [dumps.schema(cluster, target)]
    with cluster.connect(target) as connection:
        for migration in system.migrations:
            before = steps.verify(connection, system, migration)
            steps.run(connection, system, migration, "up")
            after = steps.verify(connection, system, migration)
            schemas.append(dumps.schema(cluster, target))
            assert len(after) == len({check[0] for check in after}) == system.checks[migration]
            assert steps.failed(after) == []
            assert {name for name, ok, _ in before if ok} <= system.holds_before
            assert len(before) == len(after)
            assert all(detail for *_, detail in before + after)
        whole = schemas[-1]
        for migration in reversed(system.migrations):
            assert dumps.schema(cluster, target) == schemas.pop()
            steps.run(connection, system, migration, "down")
        assert dumps.schema(cluster, target) == schemas.pop()
        assert steps.roles(connection, system) == []
        steps.up(connection, system)
        assert dumps.schema(cluster, target) == whole
        steps.load(connection, system)
        steps.down(connection, system)  # rows are in nobody's way
        assert steps.roles(connection, system) == []


@pytest.mark.parametrize("system", PARAMS)
def test_runs_for_an_owner_who_is_no_superuser(cluster: Databases, system: System) -> None:
    owner = f"{system.name}_owner"
    with cluster.connect() as superuser:
        superuser.execute(f"CREATE ROLE {owner} LOGIN CREATEROLE".encode())
        superuser.execute(f"CREATE DATABASE {owner} OWNER {owner}".encode())
    if system.vector:
        with cluster.connect(owner) as superuser:
            superuser.execute("CREATE EXTENSION vector WITH SCHEMA public")  # it is not trusted
    with cluster.connect(owner) as connection:
        connection.execute(f"SET SESSION AUTHORIZATION {owner}".encode())
        steps.up(connection, system)
        steps.load(connection, system)
        assert steps.failed(steps.verify(connection, system)) == []
        steps.down(connection, system)
        assert steps.roles(connection, system) == []


@pytest.mark.parametrize("system", WITH_ROLES)
def test_roles_stay_while_another_database_uses_them(cluster: Databases, system: System) -> None:
    first, second = cluster.make(), cluster.make()
    with cluster.connect(first) as one, cluster.connect(second) as other:
        for connection in (one, other):
            steps.up(connection, system)
        steps.down(one, system)
        assert steps.roles(one, system) == sorted(system.roles)
        assert steps.failed(steps.verify(other, system)) == []
        steps.down(other, system)
        assert steps.roles(one, system) == []


@pytest.mark.parametrize("system", WITH_ROLES)
def test_roles_and_rights_that_were_there_before_stay(cluster: Databases, system: System) -> None:
    """A database such as Supabase makes: the roles exist, and default privileges give them every table of public."""
    roles = ", ".join(system.roles)
    target = cluster.make()
    with cluster.connect(target) as connection:
        _prepare(connection, system.roles)
        before = dumps.schema(cluster, target)
        steps.up(connection, system)
        assert steps.failed(steps.verify(connection, system)) == []
        steps.down(connection, system)
        assert dumps.schema(cluster, target) == before
        assert steps.roles(connection, system) == sorted(system.roles)
        connection.execute(f"DROP OWNED BY {roles}".encode())
        connection.execute(f"DROP ROLE {roles}".encode())


def _prepare(connection: psycopg.Connection, roles: tuple[str, ...]) -> None:
    for role in roles:
        connection.execute(f"CREATE ROLE {role} NOLOGIN".encode())
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        granted = f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON {kind} TO {', '.join(roles)}"
        connection.execute(granted.encode())
