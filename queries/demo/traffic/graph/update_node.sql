-- No row: a goal is described more closely.
UPDATE public.graph_nodes
SET description = 'Looked at ' || to_char(now(), 'HH24:MI:SS'), properties = properties || '{"priority": "high"}'
WHERE id = md5('demo traffic ' || %(row)s::integer)::uuid
