-- One row a type of node, with how many there are.
SELECT node_type, count(*) AS nodes FROM public.graph_nodes WHERE deleted_at IS NULL GROUP BY node_type
