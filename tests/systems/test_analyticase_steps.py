"""The second sample system's second step: what it adds to rows, what its way back loses, and what verify sees."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.systems import steps
from tests.systems.analyticase import ADDED, INDEXES_BEFORE, INDEXES_NEW, SYSTEM

ENHANCED = "0002_enhanced_schema"


def _columns(connection: psycopg.Connection[Any]) -> set[tuple[str, str]]:
    found = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    )
    return set(found.fetchall())


class TestEnhancement:
    @pytest.fixture
    def before(self, alone: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
        """Return the database at its first version, with the data that this version can hold."""
        steps.run(alone, SYSTEM, ENHANCED, "down")
        return alone

    def test_adds_39_columns_to_eleven_tables(self, before: psycopg.Connection[Any]) -> None:
        first = _columns(before)
        steps.run(before, SYSTEM, ENHANCED, "up")
        added = {(table, column) for table, column in _columns(before) - first if table != "model_enhancements"}
        assert added == {(table, column) for table, columns in ADDED.items() for column in columns}
        assert (len(added), len(ADDED), len(INDEXES_BEFORE), len(INDEXES_NEW)) == (39, 11, 19, 16)

    def test_runs_over_rows_that_are_there(self, before: psycopg.Connection[Any]) -> None:
        """Counts begin at nothing, and what nobody knows of old rows is left open."""
        steps.run(before, SYSTEM, ENHANCED, "up")
        assert before.execute(
            "SELECT count(*), sum(success_count), count(run_name), count(updated_at) FROM public.simulation_runs"
        ).fetchall() == [(60, 0, 0, 60)]
        assert before.execute(
            "SELECT count(*), count(run_id), count(centrality_score) FROM public.hypergraph_nodes"
        ).fetchall() == [(1200, 0, 0)]
        assert steps.failed(steps.verify(before, SYSTEM)) == []

    def test_data_comes_back_once_the_runs_are_emptied(self, before: psycopg.Connection[Any]) -> None:
        steps.run(before, SYSTEM, ENHANCED, "up")
        named = "SELECT count(*), count(run_name) FROM public.simulation_runs"
        steps.load(before, SYSTEM)
        assert before.execute(named).fetchall() == [(60, 0)]
        before.execute("TRUNCATE public.simulation_runs CASCADE")
        steps.load(before, SYSTEM)
        assert before.execute(named).fetchall() == [(60, 60)]
        found = {table: before.execute(f"SELECT FROM {table}".encode()).rowcount for table in SYSTEM.rows}
        assert found == SYSTEM.rows

    def test_down_takes_further_enhancements_along(self, alone: psycopg.Connection[Any]) -> None:
        alone.execute(
            "INSERT INTO public.model_enhancements (model_name, version, enhancement_type, description,"
            " performance_impact) VALUES ('HyperGNN', '2.1', 'Pruning', 'Smaller', '{}')"
        )
        steps.run(alone, SYSTEM, ENHANCED, "down")
        steps.run(alone, SYSTEM, ENHANCED, "up")
        recorded = alone.execute("SELECT model_name, version FROM public.model_enhancements ORDER BY 1").fetchall()
        assert recorded == [("Case-LLM", "2.0"), ("Database", "2.0"), ("HyperGNN", "2.0")]

    def test_records_what_the_report_tells(self, connection: psycopg.Connection[Any]) -> None:
        found = connection.execute(
            "SELECT model_name, version, enhancement_type, performance_impact FROM public.model_enhancements"
            " ORDER BY model_name DESC"
        ).fetchall()
        assert found == [
            ("HyperGNN", "2.0", "Attention Mechanism", {"accuracy_improvement": "15%", "overhead": "minimal"}),
            ("Database", "2.0", "Schema Enhancement", {"query_performance": "optimized", "data_richness": "enhanced"}),
            ("Case-LLM", "2.0", "RAG Implementation", {"context_relevance": "high", "analysis_quality": "improved"}),
        ]


BROKEN = {
    "DROP INDEX public.idx_simulation_runs_type": {"index idx_simulation_runs_type"},
    "DROP INDEX public.idx_hypergraph_nodes_run": {"index idx_hypergraph_nodes_run", "run_id of hypergraph_nodes"},
    "DROP INDEX public.idx_simulation_runs_name; CREATE INDEX idx_simulation_runs_name ON public.simulation_runs"
    " (simulation_type)": {"index idx_simulation_runs_name"},
    "ALTER TABLE public.hypergnn_results DROP CONSTRAINT hypergnn_results_run_id_fkey": {"run_id of hypergnn_results"},
    "ALTER TABLE public.performance_metrics DROP CONSTRAINT performance_metrics_run_id_fkey, ADD CONSTRAINT"
    " performance_metrics_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.simulation_runs":
        {"run_id of performance_metrics"},
    "ALTER TABLE public.case_llm_results ALTER result_id DROP DEFAULT": {"default of case_llm_results.result_id"},
    "ALTER TABLE public.case_llm_results DROP summary": {"table case_llm_results"},
    "ALTER TABLE public.case_llm_results DROP CONSTRAINT case_llm_results_confidence_check":
        {"constraint case_llm_results_confidence_check"},
    "ALTER TABLE public.simulation_runs ALTER run_name TYPE text": {"column simulation_runs.run_name"},
    "ALTER TABLE public.simulation_runs ALTER success_count DROP NOT NULL": {"column simulation_runs.success_count"},
    "ALTER TABLE public.simulation_runs DISABLE TRIGGER simulation_runs_set_updated_at":
        {"trigger simulation_runs_set_updated_at"},
    "ALTER FUNCTION public.set_updated_at() RESET search_path": {"function set_updated_at"},
    "DELETE FROM public.model_enhancements WHERE model_name = 'Database'":
        {"enhancement Database 2.0, Schema Enhancement"},
    "UPDATE public.model_enhancements SET performance_impact = '{}' WHERE model_name = 'HyperGNN'":
        {"enhancement HyperGNN 2.0, Attention Mechanism"},
    "COMMENT ON TABLE public.hypergraph_edges IS NULL": {"comment on hypergraph_edges"},
    "COMMENT ON COLUMN public.simulation_runs.updated_at IS NULL": {"comments on columns"},
    "ALTER TABLE public.model_enhancements DROP CONSTRAINT model_enhancements_pkey":
        {"constraint model_enhancements_pkey"},
}  # fmt: skip


class TestVerify:
    @pytest.mark.parametrize(("statements", "checks"), BROKEN.items())
    def test_sees_what_is_broken(self, connection: psycopg.Connection[Any], statements: str, checks: set[str]) -> None:
        connection.execute(statements.encode())
        assert {name for name, *_ in steps.failed(steps.verify(connection, SYSTEM))} == checks

    def test_passes_without_a_run(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute("TRUNCATE public.simulation_runs CASCADE")
        assert steps.failed(steps.verify(connection, SYSTEM)) == []
