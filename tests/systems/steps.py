"""Runs the files of a sample system as the runner does, and tells what is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import psycopg

from console.sql.statements import split
from tests.systems.expected import System

Check: TypeAlias = tuple[str, bool, str]


def run(connection: psycopg.Connection[Any], system: System, migration: str, part: str) -> None:
    """Run one file: a transaction, no search_path, one statement after the other."""
    with connection.transaction():
        connection.execute("SET LOCAL search_path = ''")
        for statement in split(system.text(migration, part)):
            connection.execute(statement.text.encode())


def up(connection: psycopg.Connection[Any], system: System) -> None:
    """Apply every migration."""
    for migration in system.migrations:
        run(connection, system, migration, "up")


def down(connection: psycopg.Connection[Any], system: System) -> None:
    """Roll every migration back."""
    for migration in reversed(system.migrations):
        run(connection, system, migration, "down")


def load(connection: psycopg.Connection[Any], system: System) -> None:
    """Load the sample data."""
    connection.execute((system.folder / "data.sql").read_bytes())


def verify(connection: psycopg.Connection[Any], system: System, *migrations: str) -> list[Check]:
    """Return the checks of these migrations, of all without a name; nothing that they do remains."""
    checks: list[Check] = []
    with connection.transaction(force_rollback=True):
        connection.execute("SET TRANSACTION READ ONLY")
        connection.execute("SET LOCAL search_path = ''")
        for migration in migrations or system.migrations:
            for statement in split(system.text(migration, "verify")):
                checks += connection.execute(statement.text.encode()).fetchall()
    return checks


def failed(checks: Iterable[Check]) -> list[Check]:
    """Return those that do not hold."""
    return [check for check in checks if check[1] is not True]


def roles(connection: psycopg.Connection[Any], system: System) -> list[str]:
    """Return which of its roles the cluster has, by name."""
    found = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) ORDER BY 1", [list(system.roles)])
    return [name for (name,) in found]
