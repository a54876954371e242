-- No row: a goal is given up, and its edges with it.
DELETE FROM public.graph_nodes WHERE id = md5('demo traffic ' || %(row)s::integer)::uuid
