-- Never a row: an edge from a node that does not exist.
INSERT INTO public.graph_edges (user_id, source_node_id, target_node_id, edge_type, properties)
SELECT id, md5('nowhere')::uuid, md5('nowhere')::uuid, 'supports', '{"made_by": "demo traffic"}'
FROM public.profiles
LIMIT 1
