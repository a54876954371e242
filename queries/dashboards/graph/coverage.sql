-- A row is a person with how many of their nodes have an embedding, the least covered first.
SELECT g.email, g.nodes_with_embeddings AS embedded, g.total_nodes AS nodes
FROM public.graph_monitoring_dashboard AS g
WHERE %(user)s::uuid IS NULL OR g.user_id = %(user)s
ORDER BY g.embedding_coverage_pct, g.email
LIMIT 50
