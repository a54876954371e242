-- A row is a node with how many edges leave it and how many come to it.
SELECT n.node_type AS type, n.out_degree AS "out", n.in_degree AS "in"
FROM public.hypergraph_node_analytics AS n
ORDER BY n.node_type, n.id
LIMIT 1000
