-- A row is a person with their graph, the largest first.
SELECT
    g.email,
    g.total_nodes AS nodes,
    g.total_edges AS edges,
    g.unique_edge_types AS "edge types",
    g.avg_edges_per_node AS "edges a node",
    g.last_node_created AS "latest node",
    g.last_edge_created AS "latest edge"
FROM public.graph_monitoring_dashboard AS g
WHERE %(user)s::uuid IS NULL OR g.user_id = %(user)s
ORDER BY g.total_nodes DESC, g.email
LIMIT 200
