"""What the second sample system is expected to hold, by name and by number."""

from __future__ import annotations

from tests.systems.expected import System

RESULTS = {
    "agent_based": "agent_simulation_results",
    "discrete_event": "discrete_event_results",
    "system_dynamics": "system_dynamics_results",
    "hypergnn": "hypergnn_results",
    "case_llm": "case_llm_results",
}
"""The table of each model's results, by the type of run that uses this model alone; a combined run uses all."""

ADDED = {
    "agent_simulation_results": (
        "investigators_count", "attorneys_count", "judges_count", "evidence_collected", "briefs_filed", "cases_won",
        "cases_lost", "rulings_made", "agent_summary",
    ),
    "case_analysis_metadata": ("run_id", "confidence_score"),
    "case_llm_results": ("case_rating", "recommendations", "rag_documents_used"),
    "discrete_event_results": (
        "final_time", "evidence_submitted", "average_evidence_items", "stage_distribution", "sample_cases",
    ),
    "hypergnn_results": ("node_type_distribution", "centrality_scores", "attention_weights"),
    "hypergraph_edges": ("run_id", "attention_weight"),
    "hypergraph_nodes": ("run_id", "centrality_score"),
    "performance_metrics": ("run_id",),
    "simulation_insights": ("model_source",),
    "simulation_runs": ("run_name", "success_count", "failure_count", "updated_at"),
    "system_dynamics_results": (
        "filed_stock", "discovery_stock", "pretrial_stock", "trial_stock", "ruling_stock", "closed_stock",
        "average_stocks",
    ),
}  # fmt: skip
"""The columns that 0002 adds, by table."""

INDEXES_BEFORE = (
    "public.idx_agent_results_run",
    "public.idx_case_analysis_case",
    "public.idx_case_analysis_timestamp",
    "public.idx_case_llm_results_case",
    "public.idx_case_llm_results_run",
    "public.idx_discrete_event_results_run",
    "public.idx_hypergnn_results_run",
    "public.idx_hypergraph_edges_case",
    "public.idx_hypergraph_edges_type",
    "public.idx_hypergraph_nodes_case",
    "public.idx_hypergraph_nodes_community",
    "public.idx_hypergraph_nodes_type",
    "public.idx_performance_metrics_name",
    "public.idx_performance_metrics_timestamp",
    "public.idx_simulation_insights_run",
    "public.idx_simulation_insights_type",
    "public.idx_simulation_runs_timestamp",
    "public.idx_simulation_runs_type",
    "public.idx_system_dynamics_results_run",
)
INDEXES_NEW = (
    "public.idx_agent_results_created",
    "public.idx_case_analysis_run",
    "public.idx_case_llm_results_created",
    "public.idx_case_llm_results_outcome",
    "public.idx_discrete_event_results_created",
    "public.idx_hypergnn_results_created",
    "public.idx_hypergraph_edges_run",
    "public.idx_hypergraph_nodes_run",
    "public.idx_model_enhancements_date",
    "public.idx_model_enhancements_model",
    "public.idx_model_enhancements_type",
    "public.idx_performance_metrics_run",
    "public.idx_simulation_insights_category",
    "public.idx_simulation_runs_name",
    "public.idx_simulation_runs_status_timestamp",
    "public.idx_system_dynamics_results_created",
)

SYSTEM = System(
    name="analyticase",
    checks={"0001_simulation_schema": 51, "0002_enhanced_schema": 85},
    rows={
        "public.agent_simulation_results": 23,
        "public.case_analysis_metadata": 101,
        "public.case_llm_results": 101,
        "public.discrete_event_results": 19,
        "public.hypergnn_results": 15,
        "public.hypergraph_edges": 3000,
        "public.hypergraph_nodes": 1200,
        "public.model_enhancements": 3,
        "public.performance_metrics": 2000,
        "public.simulation_insights": 180,
        "public.simulation_runs": 60,
        "public.system_dynamics_results": 16,
    },
    indexes=INDEXES_BEFORE + INDEXES_NEW,
    functions=("public.set_updated_at",),
    triggers=(
        "public.hypergraph_nodes.hypergraph_nodes_set_updated_at",
        "public.simulation_runs.simulation_runs_set_updated_at",
    ),
    since=14,
)
