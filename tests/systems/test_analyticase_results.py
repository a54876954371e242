"""The second sample system's results: the figures of a row agree with each other, and with the rows beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.systems.analyticase import SYSTEM
from tests.systems.analyticase_rows import quotient, rows, table

__all__ = ["SYSTEM"]

STAGES = ("filed", "discovery", "pretrial", "trial", "ruling", "closed")


def test_agents_add_up(connection: psycopg.Connection[Any]) -> None:
    for row in table(connection, "agent_simulation_results"):
        summary = row["agent_summary"]
        assert {role: summary[role]["count"] for role in summary} == {
            role: row[f"{role}_count"] for role in ("investigators", "attorneys", "judges")
        }
        assert row["total_agents"] == sum(part["count"] for part in summary.values())
        assert row["total_workload"] == sum(part["workload"] for part in summary.values())
        assert row["rulings_made"] == row["cases_won"] + row["cases_lost"] == summary["judges"]["rulings_made"]
        assert row["cases_won"] == summary["attorneys"]["cases_won"]
        assert row["briefs_filed"] == summary["attorneys"]["briefs_filed"]
        assert row["evidence_collected"] == summary["investigators"]["evidence_collected"]
        assert 0 < row["average_efficiency"] < 1


def test_events_add_up(connection: psycopg.Connection[Any]) -> None:
    for row in table(connection, "discrete_event_results"):
        stages = row["stage_distribution"]
        assert set(stages) == set(STAGES)
        assert min(stages.values()) > 0
        assert sum(stages.values()) == row["total_cases"]
        assert stages["closed"] == row["closed_cases"] == row["rulings_issued"]
        assert row["closure_rate"] == quotient(100 * row["closed_cases"], row["total_cases"], "0.01")
        assert row["average_evidence_items"] == quotient(row["evidence_submitted"], row["total_cases"], "0.01")
        assert row["total_events"] == (
            row["total_cases"] + row["hearings_conducted"] + row["rulings_issued"] + row["evidence_submitted"]
        )
        assert row["average_duration"] < row["final_time"] <= row["simulation_duration"]
        assert all(stages[case["stage"]] and case["days"] <= row["final_time"] for case in row["sample_cases"])


def test_stocks_add_up(connection: psycopg.Connection[Any]) -> None:
    for row in table(connection, "system_dynamics_results"):
        stocks = {stage: row[f"{stage}_stock"] for stage in STAGES}
        assert {stage: Decimal(str(value)) for stage, value in row["final_stocks"].items()} == stocks
        assert sum(stocks.values()) == row["total_cases_filed"]
        assert stocks["closed"] == row["total_cases_closed"]
        assert min(stocks.values()) > 0
        open_ones = sum(Decimal(str(row["average_stocks"][stage])) for stage in STAGES if stage != "closed")
        assert row["average_wip"] == open_ones
        assert row["average_cycle_time"] == quotient(
            open_ones * row["simulation_duration"], row["total_cases_closed"], "0.01"
        )
        assert row["system_efficiency"] == quotient(row["total_cases_closed"], row["total_cases_filed"], "0.01")


class TestHypergraphs:
    @pytest.fixture
    def graphs(self, connection: psycopg.Connection[Any]) -> list[tuple[dict[str, Any], list[Any], list[Any]]]:
        """Return each result with the nodes and the edges of its run."""
        nodes, edges = (table(connection, f"hypergraph_{part}") for part in ("nodes", "edges"))
        return [
            (
                result,
                [node for node in nodes if node["run_id"] == result["run_id"]],
                [edge for edge in edges if edge["run_id"] == result["run_id"]],
            )
            for result in table(connection, "hypergnn_results")
        ]

    def test_results_are_those_of_nodes_and_edges(self, graphs: list[Any]) -> None:
        for result, nodes, edges in graphs:
            members = [member for edge in edges for member in edge["node_ids"]]
            degrees, typed = Counter(members), Counter(node["node_type"] for node in nodes)
            sizes = Counter(node["community_id"] for node in nodes)
            assert (result["num_nodes"], result["num_hyperedges"]) == (len(nodes), len(edges))
            assert result["avg_node_degree"] == quotient(len(members), len(nodes), "0.0001")
            assert result["avg_edge_size"] == quotient(len(members), len(edges), "0.0001")
            assert result["node_type_distribution"] == typed
            assert {each["id"]: each["size"] for each in result["communities"]} == sizes
            assert result["num_communities"] == len(sizes)
            for node in nodes:
                share = quotient(degrees[node["node_id"]], len(edges), "0.000001")
                listed = Decimal(str(result["centrality_scores"][node["node_id"]]))
                assert node["centrality_score"] == share == listed

    def test_edges_join_nodes_of_their_run(self, graphs: list[Any]) -> None:
        for _, nodes, edges in graphs:
            cases = {node["node_id"]: node["case_id"] for node in nodes}
            for edge in edges:
                assert 2 <= len(edge["node_ids"]) == len(set(edge["node_ids"])) <= 5
                assert set(edge["node_ids"]) <= set(cases)
                assert edge["case_id"] == cases[edge["node_ids"][0]]
                assert 0 < edge["weight"] <= 1

    def test_predicted_links_are_between_nodes_of_the_run(self, graphs: list[Any]) -> None:
        for result, nodes, _ in graphs:
            names = {node["node_id"] for node in nodes}
            chances = [each["probability"] for each in result["link_predictions"]]
            assert chances == sorted(chances, reverse=True)
            assert all(0 < chance < 1 for chance in chances)
            assert all(len(set(each["nodes"]) & names) == 2 for each in result["link_predictions"])

    def test_attention_came_with_version_2(self, connection: psycopg.Connection[Any], graphs: list[Any]) -> None:
        versions = {run["run_id"]: run["configuration"].get("versions", {}).get("HyperGNN")
                    for run in table(connection, "simulation_runs")}  # fmt: skip
        seen = set()
        for result, _, edges in graphs:
            attention = {edge["edge_id"]: edge["attention_weight"] for edge in edges}
            seen.add(versions[result["run_id"]])
            if versions[result["run_id"]] == "2.0":
                weights = {edge: Decimal(str(weight)) for edge, weight in result["attention_weights"].items()}
                assert weights == attention
                assert all(0 < weight <= 1 for weight in weights.values())
            else:
                assert result["attention_weights"] is None
                assert set(attention.values()) == {None}
        assert seen == {"1.0", "2.0"}

    def test_embeddings_are_eight_numbers(self, graphs: list[Any]) -> None:
        for _, nodes, _ in graphs:
            assert all(len(node["embedding"]) == 8 and set(map(abs, node["embedding"])) != {0} for node in nodes)
            assert all(-1 <= value <= 1 for node in nodes for value in node["embedding"])


class TestJudgements:
    def test_rating_follows_the_scores(self, connection: psycopg.Connection[Any]) -> None:
        scores: dict[str, list[Decimal]] = defaultdict(list)
        outcomes: dict[str, set[str]] = defaultdict(set)
        for row in table(connection, "case_llm_results"):
            scores[row["case_rating"]].append(row["evidence_quality"] + row["legal_merit"] + row["precedent_support"])
            outcomes[row["case_rating"]].add(row["predicted_outcome"])
            assert len(row["recommendations"]) >= 2
        assert max(scores["weak"]) < min(scores["moderate"])
        assert max(scores["moderate"]) < min(scores["strong"])
        assert outcomes["strong"] == {"judgment for the plaintiff"}
        assert outcomes["moderate"] == {"settlement"}

    def test_documents_were_retrieved_since_version_2(self, connection: psycopg.Connection[Any]) -> None:
        results = "public.case_llm_results JOIN public.simulation_runs USING (run_id)"
        version = "configuration #>> '{versions,Case-LLM}' AS version"
        found = rows(connection, f"SELECT {version}, rag_documents_used AS n FROM {results}")
        assert {row["version"] for row in found} == {"1.0", "2.0"}
        assert all((row["n"] > 0) is (row["version"] == "2.0") for row in found)

    def test_a_run_judges_a_case_once(self, connection: psycopg.Connection[Any]) -> None:
        results = table(connection, "case_llm_results")
        assert len({(row["run_id"], row["case_id"]) for row in results}) == len(results)
        judged = Counter(row["run_id"] for row in results)
        for run in table(connection, "simulation_runs"):
            if run["simulation_type"] == "case_llm" and run["status"] == "completed":
                assert judged[run["run_id"]] == run["success_count"]

    def test_each_has_its_analysis(self, connection: psycopg.Connection[Any]) -> None:
        analyses = {(row["run_id"], row["case_id"]): row for row in table(connection, "case_analysis_metadata")}
        numbers = {(row["case_id"], row["case_number"]) for row in analyses.values()}
        assert len(numbers) == len({case for case, _ in numbers}) == len({number for _, number in numbers})
        for row in table(connection, "case_llm_results"):
            analysis = analyses.pop((row["run_id"], row["case_id"]))
            assert analysis["confidence_score"] == row["confidence"]
            assert analysis["summary"] == row["summary"]
            assert analysis["insights"]["rating"] == row["case_rating"]
        assert not analyses
