-- A row is a type of edge with how many of it hold now, the most frequent first.
SELECT e.edge_type AS type, count(*) AS edges
FROM public.graph_edges AS e
WHERE e.valid_to IS NULL
    AND (%(user)s::uuid IS NULL OR e.user_id = %(user)s)
GROUP BY e.edge_type
ORDER BY edges DESC, e.edge_type
LIMIT 100
