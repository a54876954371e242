-- No row: a goal is begun in a transaction that somebody forgets about.
INSERT INTO public.graph_nodes (id, user_id, node_type, label, properties)
SELECT
    md5('demo traffic forgotten')::uuid, profile.id, 'goal', 'Demo traffic forgotten', '{"made_by": "demo traffic"}'
FROM (SELECT id FROM public.profiles ORDER BY email LIMIT 1) AS profile
ON CONFLICT (id) DO UPDATE SET description = 'Looked at ' || to_char(now(), 'HH24:MI:SS')
