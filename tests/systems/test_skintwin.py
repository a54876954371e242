"""The first sample system: what its data agree in, what its views say, what its trigger does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import psycopg
import pytest

from console.sql.statements import split
from tests.systems import steps
from tests.systems.skintwin import ROWS, SYSTEM


def test_synchronisation_is_thirteen_statements_in_the_order_of_the_report() -> None:
    kinds = [statement.kind for statement in split(SYSTEM.text("0002_hypergraph_sync", "up"))]
    nodes, edges = ["CreateStmt", *["IndexStmt"] * 2], ["CreateStmt", *["IndexStmt"] * 4]
    assert kinds == [*nodes, *edges, "ViewStmt", "ViewStmt", "CreateFunctionStmt", "CreateTrigStmt", "CreateTrigStmt"]


def test_sequences_go_on_after_the_data(alone: psycopg.Connection[Any]) -> None:
    serial = [table for table in ROWS if table not in {"public.hypergraph_nodes", "skin_twin.hypergraph_nodes",
                                                       "skin_twin.formulations"}]  # fmt: skip
    following = {
        table: alone.execute(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))").fetchall()[0][0]
        for table in serial
    }
    assert following == {table: ROWS[table] + 1 for table in serial}


def test_loading_the_data_again_never_turns_a_sequence_back(alone: psycopg.Connection[Any]) -> None:
    alone.execute("SELECT setval('skin_twin.audit_log_id_seq', 9000)")
    steps.load(alone, SYSTEM)
    assert alone.execute("SELECT nextval('skin_twin.audit_log_id_seq')").fetchall() == [(9001,)]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("skin_twin.formulations", "created_at"),
        ("skin_twin.formulation_history", "changed_at"),
        ("skin_twin.audit_log", '"timestamp"'),
        ("skin_twin.hypergraph_edges", "created_at"),
        ("public.ceo_task_log", "coalesce(completed_at, created_at)"),
        ("public.repository_improvements", "coalesce(completed_at, created_at)"),
    ],
)
def test_times_lie_in_the_last_120_days(connection: psycopg.Connection[Any], table: str, column: str) -> None:
    outside = f"{column} NOT BETWEEN localtimestamp - interval '121 days' AND localtimestamp"
    assert connection.execute(f"SELECT count(*) FROM {table} WHERE {outside}").fetchall() == [(0,)]


@pytest.mark.parametrize("schema", ["public", "skin_twin"])
def test_hypergraph_is_sound(connection: psycopg.Connection[Any], schema: str) -> None:
    edges = connection.execute(
        f"SELECT edge_type, source_id, target_id, weight FROM {schema}.hypergraph_edges"
    ).fetchall()
    nodes = {node for (node,) in connection.execute(f"SELECT id FROM {schema}.hypergraph_nodes")}
    assert len({edge[:3] for edge in edges}) == 1500
    assert len({kind for kind, *_ in edges}) == 6
    assert {end for _, *ends, _ in edges for end in ends} <= nodes
    assert all(source != target and 0 <= weight <= 5 for _, source, target, weight in edges)


def _mean(weights: Sequence[Decimal]) -> Decimal:
    return (sum(weights, Decimal()) / len(weights)).quantize(Decimal("1.000000"), ROUND_HALF_UP)


def test_node_stats_count_each_edge_of_a_node_once(connection: psycopg.Connection[Any]) -> None:
    connection.execute(
        "INSERT INTO public.hypergraph_edges (edge_type, source_id, target_id, weight)"
        " VALUES ('loop', 'ing-001', 'ing-001', 4.5)"
    )
    connection.execute("INSERT INTO public.hypergraph_nodes (id, node_type, label) VALUES ('lonely', 'effect', 'none')")
    weights: dict[str, list[Decimal]] = defaultdict(list)
    for source, target, weight in connection.execute(
        "SELECT source_id, target_id, weight FROM public.hypergraph_edges"
    ):
        for node in {source, target}:
            weights[node].append(weight)
    found = connection.execute(
        "SELECT id, edge_count, round(avg_weight, 6), max_weight, min_weight FROM skin_twin.hypergraph_node_stats"
    ).fetchall()
    assert len(found) == 401
    for node, count, mean, highest, lowest in found:
        expected = weights[node]
        assert (count, highest, lowest) == (len(expected), max(expected, default=None), min(expected, default=None))
        assert mean == (_mean(expected) if expected else None)


def test_node_analytics_do_not_multiply_in_and_out_degrees(connection: psycopg.Connection[Any]) -> None:
    incoming: Counter[str] = Counter()
    outgoing: Counter[str] = Counter()
    weight: dict[str, Decimal] = defaultdict(Decimal)
    for source, target, value in connection.execute("SELECT source_id, target_id, weight FROM public.hypergraph_edges"):
        outgoing[source] += 1
        incoming[target] += 1
        weight[source] += value
        weight[target] += value
    found = connection.execute(
        "SELECT id, in_degree, out_degree, total_weight FROM public.hypergraph_node_analytics"
    ).fetchall()
    assert {row[0]: row[1:] for row in found} == {
        row[0]: (incoming[row[0]], outgoing[row[0]], weight[row[0]]) for row in found
    }


def test_formulation_versions_follow_the_history(connection: psycopg.Connection[Any]) -> None:
    connection.execute("INSERT INTO skin_twin.formulations (id, name) VALUES ('form-900', 'Without history')")
    history: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for formulation, version, changed_at in connection.execute(
        "SELECT formulation_id, version, changed_at FROM skin_twin.formulation_history"
    ):
        history[formulation].append((version, changed_at))
    found = connection.execute(
        "SELECT id, version_count, latest_version, last_modified FROM skin_twin.formulation_versions"
    ).fetchall()
    assert len(found) == 41
    for formulation, count, latest, modified in found:
        versions = history[formulation]
        assert (count, (latest, modified)) == (len(versions), max(versions, default=(None, None)))


def test_edge_type_stats_are_those_of_the_edges(connection: psycopg.Connection[Any]) -> None:
    edges: dict[str, list[tuple[Decimal, Any]]] = defaultdict(list)
    for kind, weight, created in connection.execute(
        "SELECT edge_type, weight, created_at FROM skin_twin.hypergraph_edges"
    ):
        edges[kind].append((weight, created))
    found = connection.execute(
        "SELECT edge_type, count, round(avg_weight, 6), first_created, last_created FROM skin_twin.edge_type_stats"
    ).fetchall()
    assert {row[0] for row in found} == set(edges)
    for kind, count, mean, first, last in found:
        weights, times = zip(*edges[kind], strict=True)
        assert (count, mean, first, last) == (len(weights), _mean(weights), min(times), max(times))


INSERT_OLD = {
    "hypergraph_nodes": "(id, node_type, label, updated_at) VALUES ('old', 'effect', 'old', '2000-01-01')",
    "hypergraph_edges": "(edge_type, source_id, target_id, updated_at) VALUES ('old', 'a', 'b', '2000-01-01')",
}


@pytest.mark.parametrize(("table", "row"), INSERT_OLD.items())
@pytest.mark.parametrize("change", ["properties = '{}'", "updated_at = '1999-01-01'"])
def test_trigger_sets_updated_at(connection: psycopg.Connection[Any], table: str, row: str, change: str) -> None:
    connection.execute(f"INSERT INTO skin_twin.{table} {row}")
    updated = connection.execute(
        f"UPDATE skin_twin.{table} SET {change} WHERE updated_at = '2000-01-01' RETURNING updated_at = localtimestamp"
    ).fetchall()
    assert updated == [(True,)]


def test_trigger_leaves_inserted_rows_alone(connection: psycopg.Connection[Any]) -> None:
    connection.execute(f"INSERT INTO skin_twin.hypergraph_nodes {INSERT_OLD['hypergraph_nodes']}")
    kept = connection.execute("SELECT updated_at::text FROM skin_twin.hypergraph_nodes WHERE id = 'old'").fetchall()
    assert kept == [("2000-01-01 00:00:00",)]
