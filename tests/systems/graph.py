"""What the sample system graph is expected to hold, by name and by number."""

from __future__ import annotations

from tests.systems.expected import System

NODE_INDEXES = (
    "embedding", "unique_user_type_label", "user_id", "type", "user_type", "status", "user_status",
    "user_type_status", "created_at", "user_updated", "properties", "category", "priority", "label_fts",
    "embedding_status", "embedding_queue",
)  # fmt: skip
EDGE_INDEXES = (
    "user_id", "type", "user_type", "source", "target", "source_type", "target_type", "user_source_type", "temporal",
    "active", "properties",
)  # fmt: skip

SYSTEM = System(
    name="graph",
    checks={"0001_dev_schema": 13, "0002_sync_dev_to_prod": 36, "0003_move_status": 3},
    rows={"public.profiles": 8, "public.graph_nodes": 1800, "public.graph_edges": 5000},
    views={"public.graph_monitoring_dashboard": 8},
    indexes=tuple(
        f"public.idx_graph_{table}_{name}"
        for table, names in (("nodes", NODE_INDEXES), ("edges", EDGE_INDEXES))
        for name in names
    ),
    functions=("public.set_updated_at",),
    triggers=("public.graph_nodes.graph_nodes_set_updated_at",),
    enums={"public.node_status": ("draft_verbal", "curated")},
    vector=True,
    holds_before=frozenset({"no status in properties", "every node has a status", "embedding_status is known"}),
)
