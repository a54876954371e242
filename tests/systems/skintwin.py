"""What the first sample system is expected to hold, by name and by number."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "migrations" / "skintwin"
MIGRATIONS = ("0001_existing_state", "0002_hypergraph_sync", "0003_comments", "0004_row_level_security")

ROWS = {
    "public.ceo_task_log": 200,
    "public.formulation_optimization_history": 80,
    "public.hypergraph_analysis": 17,
    "public.hypergraph_edges": 1500,
    "public.hypergraph_nodes": 400,
    "public.ingredients": 300,
    "public.interface_completeness_tracking": 24,
    "public.jax_model_registry": 12,
    "public.multiscale_fields": 48,
    "public.repository_improvements": 30,
    "public.type_safety_logs": 60,
    "skin_twin.audit_log": 500,
    "skin_twin.formulation_history": 160,
    "skin_twin.formulations": 40,
    "skin_twin.hypergraph_edges": 1500,
    "skin_twin.hypergraph_nodes": 400,
}
VIEWS = {
    "public.hypergraph_node_analytics": 400,
    "skin_twin.edge_type_stats": 6,
    "skin_twin.formulation_versions": 40,
    "skin_twin.hypergraph_node_stats": 400,
}
GUARDED = tuple(name for name in (*ROWS, *VIEWS) if name.startswith("skin_twin."))

INDEXES_BEFORE = (
    "idx_audit_log_entity",
    "idx_audit_log_timestamp",
    "idx_formulation_history_changed_at",
    "idx_formulations_created_at",
    "idx_formulations_status",
)
INDEXES_NEW = (
    "idx_hypergraph_edges_source",
    "idx_hypergraph_edges_target",
    "idx_hypergraph_edges_type",
    "idx_hypergraph_edges_weight",
    "idx_hypergraph_nodes_label",
    "idx_hypergraph_nodes_type",
)
POLICIES = {
    "audit_log_read": ("SELECT", "authenticated"),
    "audit_log_service_insert": ("INSERT", "service_role"),
    "formulation_history_owner_insert": ("INSERT", "authenticated"),
    "formulation_history_read": ("SELECT", "authenticated"),
    "formulation_history_service_write": ("ALL", "service_role"),
    "formulations_owner_write": ("ALL", "authenticated"),
    "formulations_read": ("SELECT", "authenticated"),
    "hypergraph_edges_read": ("SELECT", "authenticated"),
    "hypergraph_edges_service_write": ("ALL", "service_role"),
    "hypergraph_nodes_read": ("SELECT", "authenticated"),
    "hypergraph_nodes_service_write": ("ALL", "service_role"),
}
CHECKS = {
    "0001_existing_state": 34,
    "0002_hypergraph_sync": 16,
    "0003_comments": 24,
    "0004_row_level_security": 26,
}
