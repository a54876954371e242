"""What the first sample system is expected to hold, by name and by number."""

from __future__ import annotations

from tests.systems.expected import System

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
INDEXES_BEFORE = (
    "skin_twin.idx_audit_log_entity",
    "skin_twin.idx_audit_log_timestamp",
    "skin_twin.idx_formulation_history_changed_at",
    "skin_twin.idx_formulations_created_at",
    "skin_twin.idx_formulations_status",
)
INDEXES_NEW = (
    "skin_twin.idx_hypergraph_edges_source",
    "skin_twin.idx_hypergraph_edges_target",
    "skin_twin.idx_hypergraph_edges_type",
    "skin_twin.idx_hypergraph_edges_weight",
    "skin_twin.idx_hypergraph_nodes_label",
    "skin_twin.idx_hypergraph_nodes_type",
)
POLICIES = {
    "skin_twin.audit_log.audit_log_read": ("SELECT", "authenticated"),
    "skin_twin.audit_log.audit_log_service_insert": ("INSERT", "service_role"),
    "skin_twin.formulation_history.formulation_history_owner_insert": ("INSERT", "authenticated"),
    "skin_twin.formulation_history.formulation_history_read": ("SELECT", "authenticated"),
    "skin_twin.formulation_history.formulation_history_service_write": ("ALL", "service_role"),
    "skin_twin.formulations.formulations_owner_write": ("ALL", "authenticated"),
    "skin_twin.formulations.formulations_read": ("SELECT", "authenticated"),
    "skin_twin.hypergraph_edges.hypergraph_edges_read": ("SELECT", "authenticated"),
    "skin_twin.hypergraph_edges.hypergraph_edges_service_write": ("ALL", "service_role"),
    "skin_twin.hypergraph_nodes.hypergraph_nodes_read": ("SELECT", "authenticated"),
    "skin_twin.hypergraph_nodes.hypergraph_nodes_service_write": ("ALL", "service_role"),
}

SYSTEM = System(
    name="skintwin",
    checks={
        "0001_existing_state": 34,
        "0002_hypergraph_sync": 16,
        "0003_comments": 24,
        "0004_row_level_security": 26,
    },
    rows=ROWS,
    views=VIEWS,
    indexes=INDEXES_BEFORE + INDEXES_NEW,
    functions=("skin_twin.update_timestamp",),
    triggers=(
        "skin_twin.hypergraph_edges.update_hypergraph_edges_timestamp",
        "skin_twin.hypergraph_nodes.update_hypergraph_nodes_timestamp",
    ),
    policies=POLICIES,
    roles=("anon", "authenticated", "service_role"),
    since=15,
)
