-- A row is for how many nodes no embedding could be made: one in all.
SELECT coalesce(sum(g.failed_embeddings), 0) AS failed
FROM public.graph_monitoring_dashboard AS g
WHERE %(user)s::uuid IS NULL OR g.user_id = %(user)s
