-- One row, after some seconds: how many nodes are three steps from each other.
SELECT count(*) AS paths, count(DISTINCT third.target_node_id) AS reached
FROM pg_catalog.pg_sleep(%(seconds)s::double precision)
CROSS JOIN public.graph_edges AS first
JOIN public.graph_edges AS second ON second.source_node_id = first.target_node_id
JOIN public.graph_edges AS third ON third.source_node_id = second.target_node_id
