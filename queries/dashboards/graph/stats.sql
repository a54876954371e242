-- A row is how many of each there are: one in all. Deleted nodes are left out.
SELECT
    coalesce(sum(g.total_nodes), 0) AS nodes,
    coalesce(sum(g.curated_nodes), 0) AS curated,
    coalesce(sum(g.draft_nodes), 0) AS drafts,
    coalesce(sum(g.total_edges), 0) AS edges,
    coalesce(sum(g.nodes_created_24h), 0) AS "nodes, 24 h",
    coalesce(sum(g.edges_created_24h), 0) AS "edges, 24 h"
FROM public.graph_monitoring_dashboard AS g
WHERE %(user)s::uuid IS NULL OR g.user_id = %(user)s
