-- A row is a type of node and a status, with how many there are; deleted ones are left out.
SELECT n.node_type AS type, coalesce(n.status::text, 'none') AS status, count(*) AS nodes
FROM public.graph_nodes AS n
WHERE n.deleted_at IS NULL
    AND (%(user)s::uuid IS NULL OR n.user_id = %(user)s)
GROUP BY n.node_type, n.status
ORDER BY sum(count(*)) OVER (PARTITION BY n.node_type) DESC, n.node_type, n.status
LIMIT 200
