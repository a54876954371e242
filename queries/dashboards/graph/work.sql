-- A row is a person and a state, with the nodes whose embedding is in it; those with the most to do come first.
SELECT g.email, counted.state, counted.nodes
FROM public.graph_monitoring_dashboard AS g
CROSS JOIN LATERAL (
    VALUES
        (1, 'pending', g.pending_embeddings),
        (2, 'generating', g.generating_embeddings),
        (3, 'failed', g.failed_embeddings)
) AS counted (place, state, nodes)
WHERE %(user)s::uuid IS NULL OR g.user_id = %(user)s
ORDER BY
    g.pending_embeddings + g.generating_embeddings + g.failed_embeddings DESC, g.email, counted.place
LIMIT 300
