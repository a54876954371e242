-- A row is an analysis of the hypergraph with the nodes and edges that it had then.
SELECT h.created_at AS at, h.node_count AS nodes, h.edge_count AS edges
FROM public.hypergraph_analysis AS h
WHERE h.created_at IS NOT NULL
ORDER BY h.created_at DESC, h.id DESC
LIMIT 400
