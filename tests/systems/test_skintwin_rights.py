"""The first sample system to each of its roles: who sees which rows, and who may change them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.systems.skintwin import ROWS, SYSTEM, VIEWS

GUARDED = [name for name in (*SYSTEM.rows, *SYSTEM.views) if name.startswith("skin_twin.")]
USER, ADMIN, STRANGER = "user@example.com", "admin@example.com", "stranger@example.com"
OWN = "(SELECT id FROM skin_twin.formulations WHERE created_by = 'user@example.com' ORDER BY id LIMIT 1)"
FOREIGN = "(SELECT id FROM skin_twin.formulations WHERE created_by = 'admin@example.com' ORDER BY id LIMIT 1)"


@contextmanager
def acting(connection: psycopg.Connection[Any], role: str, email: str = "") -> Iterator[None]:
    """Be this role with this person's claims, as a request through PostgREST is, and undo all at the end."""
    with connection.transaction(force_rollback=True):
        if email:
            claims = json.dumps({"email": email, "role": role})
            connection.execute("SELECT set_config('request.jwt.claims', %s, true)", [claims])
        connection.execute(f"SET LOCAL ROLE {role}".encode())
        yield


def _changed(connection: psycopg.Connection[Any], statement: str) -> int:
    return connection.execute(statement.encode()).rowcount


@pytest.mark.parametrize("relation", GUARDED)
@pytest.mark.parametrize("statement", ["SELECT FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES"])
def test_anon_may_do_nothing(connection: psycopg.Connection[Any], relation: str, statement: str) -> None:
    with acting(connection, "anon"), pytest.raises(InsufficientPrivilege):
        connection.execute(statement.format(relation).encode())


@pytest.mark.parametrize("relation", GUARDED)
def test_authenticated_reads_every_row(connection: psycopg.Connection[Any], relation: str) -> None:
    with acting(connection, "authenticated", STRANGER):
        assert _changed(connection, f"SELECT FROM {relation}") == {**ROWS, **VIEWS}[relation]


ALLOWED = [
    ("authenticated", USER, "UPDATE skin_twin.formulations SET description = 'x'", 14),
    ("authenticated", USER, "DELETE FROM skin_twin.formulations", 14),
    ("authenticated", USER, f"UPDATE skin_twin.formulations SET name = 'x' WHERE id = {FOREIGN}", 0),
    ("authenticated", USER, f"DELETE FROM skin_twin.formulations WHERE id = {FOREIGN}", 0),
    ("authenticated", USER, "INSERT INTO skin_twin.formulations (id, name, created_by)"
                            f" VALUES ('n', 'n', '{USER}')", 1),
    ("authenticated", USER, "INSERT INTO skin_twin.formulation_history (formulation_id, version, changes)"
                            f" VALUES ({OWN}, 99, '{{}}')", 1),
    ("authenticated", ADMIN, "UPDATE skin_twin.formulations SET description = 'x'", 13),
    ("authenticated", STRANGER, "UPDATE skin_twin.formulations SET description = 'x'", 0),
    ("authenticated", STRANGER, "DELETE FROM skin_twin.formulations", 0),
    ("authenticated", "", "UPDATE skin_twin.formulations SET description = 'x'", 0),
    ("service_role", "", "INSERT INTO skin_twin.hypergraph_nodes (id, node_type, label) VALUES ('n', 'n', 'n')", 1),
    ("service_role", "", "UPDATE skin_twin.hypergraph_nodes SET label = 'x'", 400),
    ("service_role", "", "DELETE FROM skin_twin.hypergraph_nodes", 400),
    ("service_role", "", "INSERT INTO skin_twin.hypergraph_edges (edge_type, source_id, target_id)"
                         " VALUES ('n', 'n', 'n')", 1),
    ("service_role", "", "UPDATE skin_twin.hypergraph_edges SET weight = 1", 1500),
    ("service_role", "", "DELETE FROM skin_twin.hypergraph_edges", 1500),
    ("service_role", "", "INSERT INTO skin_twin.formulation_history (formulation_id, version, changes)"
                         " VALUES ('form-001', 99, '{}')", 1),
    ("service_role", "", "UPDATE skin_twin.formulation_history SET description = 'x'", 160),
    ("service_role", "", "DELETE FROM skin_twin.formulation_history", 160),
    ("service_role", "", "INSERT INTO skin_twin.audit_log (entity_type, entity_id, action) VALUES ('n', 'n', 'n')", 1),
]  # fmt: skip


@pytest.mark.parametrize(("role", "email", "statement", "rows"), ALLOWED)
def test_changes_only_the_rows_it_may(
    connection: psycopg.Connection[Any], role: str, email: str, statement: str, rows: int
) -> None:
    with acting(connection, role, email):
        assert _changed(connection, statement) == rows


REFUSED = [
    ("authenticated", USER, f"INSERT INTO skin_twin.formulations (id, name, created_by) VALUES ('n', 'n', '{ADMIN}')"),
    ("authenticated", USER, "INSERT INTO skin_twin.formulations (id, name) VALUES ('n', 'n')"),
    ("authenticated", USER, f"UPDATE skin_twin.formulations SET created_by = '{ADMIN}' WHERE id = {OWN}"),
    ("authenticated", USER, "INSERT INTO skin_twin.formulation_history (formulation_id, version, changes)"
                            f" VALUES ({FOREIGN}, 99, '{{}}')"),
    ("authenticated", "", "INSERT INTO skin_twin.formulation_history (formulation_id, version, changes)"
                          " VALUES ('form-001', 99, '{}')"),
    ("authenticated", USER, "UPDATE skin_twin.formulation_history SET description = 'x'"),
    ("authenticated", USER, "DELETE FROM skin_twin.formulation_history"),
    ("authenticated", USER, "INSERT INTO skin_twin.audit_log (entity_type, entity_id, action) VALUES ('n', 'n', 'n')"),
    ("authenticated", USER, "DELETE FROM skin_twin.audit_log"),
    ("authenticated", USER, "INSERT INTO skin_twin.hypergraph_nodes (id, node_type, label) VALUES ('n', 'n', 'n')"),
    ("authenticated", USER, "UPDATE skin_twin.hypergraph_nodes SET label = 'x'"),
    ("authenticated", USER, "DELETE FROM skin_twin.hypergraph_edges"),
    ("authenticated", USER, "TRUNCATE skin_twin.formulations CASCADE"),
    ("authenticated", USER, "UPDATE public.hypergraph_nodes SET label = 'x'"),
    ("service_role", "", "SELECT FROM skin_twin.audit_log"),
    ("service_role", "", "UPDATE skin_twin.audit_log SET action = 'x'"),
    ("service_role", "", "DELETE FROM skin_twin.audit_log"),
    ("service_role", "", "UPDATE skin_twin.formulations SET name = 'x'"),
    ("service_role", "", "ALTER TABLE skin_twin.audit_log DISABLE ROW LEVEL SECURITY"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "email", "statement"), REFUSED)
def test_is_refused(connection: psycopg.Connection[Any], role: str, email: str, statement: str) -> None:
    with acting(connection, role, email), pytest.raises(InsufficientPrivilege):
        connection.execute(statement.encode())


def test_claims_that_an_earlier_request_left_empty_are_nobody(alone: psycopg.Connection[Any]) -> None:
    with acting(alone, "authenticated", USER):
        pass
    assert alone.execute("SELECT current_setting('request.jwt.claims', true)").fetchall() == [("",)]
    with acting(alone, "authenticated"):
        assert _changed(alone, "UPDATE skin_twin.formulations SET description = 'x'") == 0


@pytest.mark.parametrize(
    ("view", "policy"),
    [
        ("skin_twin.formulation_versions", "formulations_read ON skin_twin.formulations"),
        ("skin_twin.edge_type_stats", "hypergraph_edges_read ON skin_twin.hypergraph_edges"),
    ],
)
def test_view_shows_no_more_than_the_policies_do(connection: psycopg.Connection[Any], view: str, policy: str) -> None:
    connection.execute(f"DROP POLICY {policy}".encode())
    with acting(connection, "authenticated", STRANGER):
        assert _changed(connection, f"SELECT FROM {view}") == 0


def test_trigger_works_for_the_service(connection: psycopg.Connection[Any]) -> None:
    with acting(connection, "service_role"):
        updated = connection.execute(
            "UPDATE skin_twin.hypergraph_nodes SET label = 'x' WHERE id = 'ing-001'"
            " RETURNING updated_at = localtimestamp"
        ).fetchall()
    assert updated == [(True,)]
