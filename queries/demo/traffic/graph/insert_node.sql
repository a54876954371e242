-- No row: somebody tells of a goal; a number that comes round again is the same row.
INSERT INTO public.graph_nodes (id, user_id, node_type, label, properties)
SELECT
    md5('demo traffic ' || %(row)s::integer)::uuid, profile.id, 'goal', 'Demo traffic ' || %(row)s::integer,
    '{"made_by": "demo traffic"}'
FROM (SELECT id FROM public.profiles ORDER BY email LIMIT 1 OFFSET mod(%(row)s::integer, 4)) AS profile
ON CONFLICT (id) DO UPDATE SET deleted_at = NULL
