-- A row is for how long the node has waited that waits longest for its embedding: one in all, NULL when none waits.
SELECT extract(EPOCH FROM now() - min(n.created_at)) AS waited
FROM public.graph_nodes AS n
WHERE n.embedding_status = 'pending'
    AND n.deleted_at IS NULL
    AND (%(user)s::uuid IS NULL OR n.user_id = %(user)s)
