-- No row: an edge does not hold any longer.
UPDATE public.graph_edges
SET valid_to = valid_from + interval '1 minute'
WHERE id = md5('demo traffic edge ' || %(row)s::integer)::uuid
