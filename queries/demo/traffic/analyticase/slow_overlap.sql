-- One row, after some seconds: how many hyperedges share a node with another one.
SELECT count(*) AS overlaps
FROM pg_catalog.pg_sleep(%(seconds)s::double precision)
CROSS JOIN public.hypergraph_edges AS a
JOIN public.hypergraph_edges AS b ON b.case_id = a.case_id AND b.edge_id > a.edge_id AND b.node_ids && a.node_ids
