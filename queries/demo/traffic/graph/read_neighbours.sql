-- One row a node next to one of a person's goals.
SELECT target.node_type, target.label, edge.edge_type
FROM public.graph_edges AS edge
JOIN public.graph_nodes AS target ON target.id = edge.target_node_id
WHERE edge.user_id = (SELECT id FROM public.profiles ORDER BY email LIMIT 1)
    AND edge.valid_to IS NULL
LIMIT 50
