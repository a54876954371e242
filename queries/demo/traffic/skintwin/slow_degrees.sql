-- One row, after some seconds: how well nodes are connected, taken pair by pair.
SELECT count(*) AS pairs, corr(a.total_weight, b.total_weight) AS correlation
FROM pg_catalog.pg_sleep(%(seconds)s::double precision)
CROSS JOIN public.hypergraph_node_analytics AS a
JOIN public.hypergraph_node_analytics AS b ON b.in_degree = a.out_degree AND b.id <> a.id
