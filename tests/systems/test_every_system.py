"""Every sample system as it stands: its files, its objects by name, its rows, and its data loaded twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.sql.statements import split
from tests.systems import steps
from tests.systems.every import EVERY, PARAMS
from tests.systems.expected import System

_FILES = [
    pytest.param(path, id=f"{system.name}/{path.name}")
    for system in EVERY
    for path in sorted(system.folder.glob("*.sql"))
]


@pytest.fixture(scope="module", params=PARAMS)
def system(request: pytest.FixtureRequest) -> System:
    """Return one system after the other."""
    return request.param


@pytest.mark.parametrize("path", _FILES)
def test_a_file_leaves_the_transaction_to_the_runner(path: Path) -> None:
    assert "TransactionStmt" not in {statement.kind for statement in split(path.read_text())}


def test_every_migration_has_its_three_files(system: System) -> None:
    names = {path.name for path in system.folder.glob("*.*.sql")}
    assert names == {f"{name}.{part}.sql" for name in system.migrations for part in ("up", "down", "verify")}


_OURS = """
    {schema}.nspname NOT IN ('pg_catalog', 'information_schema')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {oid} AND d.deptype IN ('e', 'i') AND d.refclassid <> 2615)
"""
_RELATIONS = f"""
    SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = '{{kind}}' AND {_OURS.format(schema="n", oid="c.oid")}
"""
_INDEXES = """
    SELECT schemaname || '.' || indexname FROM pg_indexes WHERE indexname LIKE 'idx%' AND schemaname !~ '^pg_'
"""
_FUNCTIONS = f"""
    SELECT DISTINCT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE {_OURS.format(schema="n", oid="p.oid")}
"""
_TRIGGERS = """
    SELECT n.nspname || '.' || c.relname || '.' || t.tgname
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal
"""
_POLICIES = """
    SELECT schemaname || '.' || tablename || '.' || policyname, cmd, array_to_string(roles, ',') FROM pg_policies
"""
_ENUMS = """
    SELECT n.nspname || '.' || t.typname, array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
    FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace GROUP BY 1
"""


def _names(connection: psycopg.Connection[Any], query: str) -> list[str]:
    return sorted(name for (name,) in connection.execute(query.encode()))


def test_it_has_exactly_these_tables(connection: psycopg.Connection[Any], system: System) -> None:
    assert _names(connection, _RELATIONS.format(kind="r")) == sorted(system.rows)


def test_it_has_exactly_these_views(connection: psycopg.Connection[Any], system: System) -> None:
    assert _names(connection, _RELATIONS.format(kind="v")) == sorted(system.views)


def test_it_has_exactly_these_indexes(connection: psycopg.Connection[Any], system: System) -> None:
    assert _names(connection, _INDEXES) == sorted(system.indexes)


def test_it_has_exactly_these_functions(connection: psycopg.Connection[Any], system: System) -> None:
    assert _names(connection, _FUNCTIONS) == sorted(system.functions)


def test_it_has_exactly_these_triggers(connection: psycopg.Connection[Any], system: System) -> None:
    assert _names(connection, _TRIGGERS) == sorted(system.triggers)


def test_it_has_exactly_these_policies(connection: psycopg.Connection[Any], system: System) -> None:
    found = connection.execute(_POLICIES).fetchall()
    assert {name: (command, roles) for name, command, roles in found} == dict(system.policies)


def test_it_has_exactly_these_enums(connection: psycopg.Connection[Any], system: System) -> None:
    assert {name: tuple(labels) for name, labels in connection.execute(_ENUMS)} == dict(system.enums)


def test_its_tables_hold_these_rows(connection: psycopg.Connection[Any], system: System) -> None:
    assert {table: _count(connection, table) for table in system.rows} == dict(system.rows)


def test_its_views_answer_with_these_rows(connection: psycopg.Connection[Any], system: System) -> None:
    found = {view: _count(connection, view) for view in system.views}
    assert [view for view, rows in found.items() if rows == 0] == []
    assert {view: rows for view, rows in found.items() if system.views[view] is not None} == {
        view: rows for view, rows in system.views.items() if rows is not None
    }


def test_its_checks_pass_on_its_data(connection: psycopg.Connection[Any], system: System) -> None:
    below = connection.info.server_version // 10_000 < system.since
    assert bool(steps.failed(_checks(connection, system))) == below


def test_loading_the_data_again_changes_nothing(alone: psycopg.Connection[Any], system: System) -> None:
    before = _digest(alone, system)
    steps.load(alone, system)
    assert _digest(alone, system) == before


def _count(connection: psycopg.Connection[Any], relation: str) -> int:
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {relation}".encode()).fetchall()
    return rows


def _checks(connection: psycopg.Connection[Any], system: System) -> list[steps.Check]:
    return [
        check
        for migration in system.migrations
        for statement in split(system.text(migration, "verify"))
        for check in connection.execute(statement.text.encode()).fetchall()
    ]


def _digest(connection: psycopg.Connection[Any], system: System) -> dict[str, tuple[Any, ...]]:
    return {
        table: connection.execute(
            f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t".encode()
        ).fetchall()[0]
        for table in system.rows
    }
