-- No row: two sessions write down the same goal; the second one waits for the first.
INSERT INTO public.graph_nodes (id, user_id, node_type, label, properties)
SELECT
    md5('demo traffic contested')::uuid, profile.id, 'goal', 'Demo traffic contested', '{"made_by": "demo traffic"}'
FROM (SELECT id FROM public.profiles ORDER BY email LIMIT 1) AS profile
ON CONFLICT (id) DO UPDATE SET description = 'Looked at ' || to_char(now(), 'HH24:MI:SS')
