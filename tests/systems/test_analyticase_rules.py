"""The second sample system's rules: children go with their run, updates say when, what may not be is refused."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation

from tests.systems.analyticase import SYSTEM

CHILDREN = sorted(set(SYSTEM.rows) - {"public.simulation_runs", "public.model_enhancements"})


def _counts(connection: psycopg.Connection[Any], where: str = "true") -> dict[str, int]:
    return {
        table: connection.execute(f"SELECT count(*) FROM {table} WHERE {where}".encode()).fetchall()[0][0]
        for table in CHILDREN
    }


class TestRunsAndTheirChildren:
    def test_every_run_id_is_a_uuid_that_goes_with_its_run(self, connection: psycopg.Connection[Any]) -> None:
        found = connection.execute("""
            SELECT c.table_schema || '.' || c.table_name, c.data_type, r.delete_rule, k.constraint_name
            FROM information_schema.columns AS c
            JOIN information_schema.key_column_usage AS k USING (table_schema, table_name, column_name)
            JOIN information_schema.referential_constraints AS r
                ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
            WHERE c.table_schema = 'public' AND c.column_name = 'run_id'
        """).fetchall()
        assert sorted(found) == [
            (table, "uuid", "CASCADE", f"{table.removeprefix('public.')}_run_id_fkey") for table in CHILDREN
        ]

    def test_every_run_id_is_indexed(self, connection: psycopg.Connection[Any]) -> None:
        found = connection.execute(
            "SELECT schemaname || '.' || tablename FROM pg_indexes"
            " WHERE indexdef LIKE '%USING btree (run_id)' AND indexname LIKE 'idx%'"
        )
        assert sorted(table for (table,) in found) == CHILDREN

    def test_deleting_a_run_takes_all_its_children(self, connection: psycopg.Connection[Any]) -> None:
        [(run,)] = connection.execute(
            "SELECT run_id FROM public.simulation_runs WHERE simulation_type = 'combined' LIMIT 1"
        ).fetchall()
        every, own = _counts(connection), _counts(connection, f"run_id = '{run}'")
        assert min(own.values()) > 0
        connection.execute("DELETE FROM public.simulation_runs WHERE run_id = %s", [run])
        assert _counts(connection) == {table: every[table] - own[table] for table in CHILDREN}

    def test_deleting_all_runs_leaves_what_is_of_none(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute("DELETE FROM public.simulation_runs")
        left = {table: rows for table, rows in _counts(connection).items() if rows}
        assert left == {"public.performance_metrics": 1440}
        assert connection.execute("SELECT count(*) FROM public.model_enhancements").fetchall() == [(3,)]

    @pytest.mark.parametrize("table", CHILDREN)
    def test_a_child_of_no_run_is_refused(self, connection: psycopg.Connection[Any], table: str) -> None:
        with pytest.raises(ForeignKeyViolation):
            connection.execute(f"UPDATE {table} SET run_id = gen_random_uuid()".encode())


OLD = {
    "simulation_runs": "(simulation_type, run_name, updated_at) VALUES ('old', 'old', '2000-01-01 00:00:00+00')",
    "hypergraph_nodes": "(node_id, node_type, updated_at) VALUES ('old', 'old', '2000-01-01 00:00:00+00')",
}
CHANGES = {
    "simulation_runs": ("status = 'running'", "updated_at = '1999-01-01'"),
    "hypergraph_nodes": ("community_id = 1", "updated_at = '1999-01-01'"),
}


class TestUpdatedAt:
    @pytest.mark.parametrize(("table", "change"), [(table, each) for table in OLD for each in CHANGES[table]])
    def test_is_set_by_an_update(self, connection: psycopg.Connection[Any], table: str, change: str) -> None:
        connection.execute(f"INSERT INTO public.{table} {OLD[table]}".encode())
        connection.execute("SET LOCAL search_path = ''")
        updated = connection.execute(
            f"UPDATE public.{table} SET {change} WHERE updated_at < '2001-01-01' RETURNING updated_at = now()".encode()
        ).fetchall()
        assert updated == [(True,)]

    @pytest.mark.parametrize("table", OLD)
    def test_is_left_alone_by_an_insert(self, connection: psycopg.Connection[Any], table: str) -> None:
        connection.execute(f"INSERT INTO public.{table} {OLD[table]}".encode())
        kept = f"SELECT count(*) FROM public.{table} WHERE updated_at = '2000-01-01 00:00:00+00'"
        assert connection.execute(kept.encode()).fetchall() == [(1,)]


SCORES = [("case_llm_results", name) for name in ("confidence", "evidence_quality", "legal_merit", "precedent_support")]
SCORES += [("case_analysis_metadata", "confidence_score")]
COUNTS = [("simulation_runs", "success_count"), ("simulation_runs", "failure_count")]
REFUSED = [
    ("simulation_runs", "status", "pending"),
    ("simulation_runs", "status", ""),
    *((table, column, value) for table, column in SCORES for value in ("-0.0001", "1.0001")),
    *((table, column, "-1") for table, column in COUNTS),
]
ALLOWED = [
    *(("simulation_runs", "status", value) for value in ("running", "completed", "failed")),
    *((table, column, value) for table, column in SCORES for value in ("0", "1", None)),
    *((table, column, "0") for table, column in COUNTS),
]


def _set(connection: psycopg.Connection[Any], table: str, column: str, value: str | None) -> None:
    statement = sql.SQL("UPDATE public.{} SET {} = {}")
    connection.execute(statement.format(sql.Identifier(table), sql.Identifier(column), sql.Literal(value)))


class TestValues:
    @pytest.mark.parametrize(("table", "column", "value"), REFUSED)
    def test_are_refused(self, connection: psycopg.Connection[Any], table: str, column: str, value: str) -> None:
        with pytest.raises(CheckViolation) as refused:
            _set(connection, table, column, value)
        assert refused.value.diag.constraint_name == f"{table}_{column}_check"

    @pytest.mark.parametrize(("table", "column", "value"), ALLOWED)
    def test_are_allowed(self, connection: psycopg.Connection[Any], table: str, column: str, value: str | None) -> None:
        _set(connection, table, column, value)

    @pytest.mark.parametrize(("table", "column"), COUNTS)
    def test_counts_may_not_be_missing(self, connection: psycopg.Connection[Any], table: str, column: str) -> None:
        with pytest.raises(NotNullViolation):
            _set(connection, table, column, None)

    def test_an_enhancement_of_a_version_is_recorded_once(self, connection: psycopg.Connection[Any]) -> None:
        with pytest.raises(UniqueViolation) as refused:
            connection.execute("UPDATE public.model_enhancements SET model_name = 'X', enhancement_type = 'Y'")
        name = "model_enhancements_model_name_version_enhancement_type_key"
        assert refused.value.diag.constraint_name == name
