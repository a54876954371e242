"""The second sample system's data: runs, and that everything belongs to a run that can have it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from console.sql.statements import split
from tests.systems.analyticase import RESULTS, SYSTEM
from tests.systems.analyticase_rows import rows, table

MODELS = {
    "agent_based": "AgentBased",
    "discrete_event": "DiscreteEvent",
    "system_dynamics": "SystemDynamics",
    "hypergnn": "HyperGNN",
    "case_llm": "Case-LLM",
}


def _parts(kind: str) -> set[str]:
    return set(RESULTS) if kind == "combined" else {kind}


def test_is_stored_in_the_order_of_the_reports_data_flow() -> None:
    written = re.findall(r"INSERT INTO public\.(\w+)", (SYSTEM.folder / "data.sql").read_text())
    flow = ["simulation_runs", *RESULTS.values(), "hypergraph_nodes", "hypergraph_edges", "simulation_insights",
            "performance_metrics"]  # fmt: skip
    assert list(dict.fromkeys(name for name in written if name in flow)) == flow


def test_data_brings_no_enhancements_of_its_own() -> None:
    assert "INSERT INTO public.model_enhancements" not in (SYSTEM.folder / "data.sql").read_text()
    assert {each.kind for each in split((SYSTEM.folder / "data.sql").read_text())} == {"InsertStmt", "VacuumStmt"}


class TestRuns:
    def test_are_of_six_types(self, connection: psycopg.Connection[Any]) -> None:
        types = Counter(run["simulation_type"] for run in table(connection, "simulation_runs"))
        eight_each = ("system_dynamics", "hypergnn", "case_llm", "combined")
        assert types == {"agent_based": 16, "discrete_event": 12, **dict.fromkeys(eight_each, 8)}

    def test_failed_four_times_and_three_of_them_on_one_day(self, connection: psycopg.Connection[Any]) -> None:
        states = Counter(run["status"] for run in table(connection, "simulation_runs"))
        day = "(run_timestamp AT TIME ZONE 'UTC')::date AS day"
        days = rows(connection, f"SELECT {day} FROM public.simulation_runs WHERE status = 'failed'")
        assert states == {"completed": 56, "failed": 4}
        assert sorted(Counter(row["day"] for row in days).values()) == [1, 3]

    def test_count_their_parts(self, connection: psycopg.Connection[Any]) -> None:
        """A completed run went through all of its parts, a failed one stopped at an error."""
        for run in table(connection, "simulation_runs"):
            ended, planned = run["success_count"] + run["failure_count"], run["configuration"]["scenarios"]
            if run["status"] == "completed":
                assert ended == planned
                assert run["success_count"] > run["failure_count"]
            else:
                assert ended < planned
                assert run["failure_count"] == 1

    def test_were_changed_last_when_they_ended(self, connection: psycopg.Connection[Any]) -> None:
        for run in table(connection, "simulation_runs"):
            assert run["duration_seconds"] > 0
            assert run["updated_at"] - run["run_timestamp"] == timedelta(seconds=float(run["duration_seconds"]))

    def test_have_names_of_their_own(self, connection: psycopg.Connection[Any]) -> None:
        assert len({run["run_name"] for run in table(connection, "simulation_runs")}) == 60

    def test_are_few_at_week_ends(self, connection: psycopg.Connection[Any]) -> None:
        day = "extract(isodow FROM run_timestamp AT TIME ZONE 'UTC')::int AS day"
        days = rows(connection, f"SELECT {day} FROM public.simulation_runs WHERE status = 'completed'")
        assert sum(row["day"] > 5 for row in days) <= 8  # of 56; sixteen if days were alike


class TestChildren:
    @pytest.mark.parametrize(("kind", "name"), RESULTS.items())
    def test_results_are_those_of_completed_runs_of_the_type(
        self, connection: psycopg.Connection[Any], kind: str, name: str
    ) -> None:
        runs = {run["run_id"] for run in table(connection, "simulation_runs")
                if run["status"] == "completed" and kind in _parts(run["simulation_type"])}  # fmt: skip
        found = Counter(row["run_id"] for row in table(connection, name))
        assert set(found) == runs
        assert name == "case_llm_results" or set(found.values()) == {1}

    def test_failed_runs_have_nothing_but_the_reason(self, connection: psycopg.Connection[Any]) -> None:
        failed = {run["run_id"] for run in table(connection, "simulation_runs") if run["status"] == "failed"}
        held = {
            name: sum(row["run_id"] in failed for row in rows(connection, f"SELECT run_id FROM {name}"))
            for name in SYSTEM.rows
            if name not in ("public.simulation_runs", "public.model_enhancements")
        }
        assert {name: number for name, number in held.items() if number} == {"public.simulation_insights": 4}
        reasons = [row for row in table(connection, "simulation_insights") if row["run_id"] in failed]
        assert {(row["insight_type"], row["model_source"]) for row in reasons} == {("failure", "SimulationRunner")}
        assert all(row["insight_text"].startswith("Stopped: ") for row in reasons)

    def test_insights_come_from_the_models_of_the_run(self, connection: psycopg.Connection[Any]) -> None:
        sources: dict[Any, Counter[str]] = defaultdict(Counter)
        for insight in table(connection, "simulation_insights"):
            sources[insight["run_id"]][insight["model_source"]] += 1
            assert 0 < insight["confidence"] <= 1
            assert insight["insight_text"].endswith(".")
        for run in table(connection, "simulation_runs"):
            if run["status"] == "completed":
                assert sources[run["run_id"]] == {MODELS[kind]: 2 for kind in _parts(run["simulation_type"])}

    def test_lie_between_the_beginning_and_the_end_of_their_run(self, connection: psycopg.Connection[Any]) -> None:
        for name, at in [*((name, "created_at") for name in RESULTS.values()), ("hypergraph_nodes", "created_at"),
                          ("case_analysis_metadata", "analysis_timestamp"), ("simulation_insights", "created_at"),
                          ("performance_metrics", "measurement_timestamp")]:  # fmt: skip
            joined = f"SELECT 1 FROM public.{name} AS t JOIN public.simulation_runs AS r USING (run_id)"
            outside = rows(connection, f"{joined} WHERE t.{at} NOT BETWEEN r.run_timestamp AND r.updated_at")
            assert outside == [], name


def test_lineage_leads_from_a_run_to_the_enhancements_of_its_models(connection: psycopg.Connection[Any]) -> None:
    query = """
        SELECT r.simulation_type, e.enhancement_type
        FROM public.simulation_runs AS r
        CROSS JOIN LATERAL jsonb_each_text(r.configuration -> 'versions') AS used (model_name, version)
        JOIN public.model_enhancements AS e USING (model_name, version)
    """
    found = rows(connection, query)
    assert {(row["simulation_type"], row["enhancement_type"]) for row in found} == {
        ("hypergnn", "Attention Mechanism"), ("combined", "Attention Mechanism"),
        ("case_llm", "RAG Implementation"), ("combined", "RAG Implementation"),
    }  # fmt: skip
