-- No row: a goal is joined to something that was there before.
WITH node AS (
    INSERT INTO public.graph_nodes (id, user_id, node_type, label, properties)
    SELECT
        md5('demo traffic ' || %(row)s::integer)::uuid, profile.id, 'goal', 'Demo traffic ' || %(row)s::integer,
        '{"made_by": "demo traffic"}'
    FROM (SELECT id FROM public.profiles ORDER BY email LIMIT 1 OFFSET mod(%(row)s::integer, 4)) AS profile
    ON CONFLICT (id) DO UPDATE SET deleted_at = NULL
    RETURNING id, user_id
)
INSERT INTO public.graph_edges (id, user_id, source_node_id, target_node_id, edge_type, properties)
SELECT
    md5('demo traffic edge ' || %(row)s::integer)::uuid, node.user_id, node.id, sample.id, 'supports',
    '{"made_by": "demo traffic"}'
FROM node
CROSS JOIN (SELECT id FROM public.graph_nodes ORDER BY id LIMIT 1) AS sample
ON CONFLICT (id) DO UPDATE SET valid_to = NULL
