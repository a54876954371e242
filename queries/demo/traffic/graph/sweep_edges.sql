-- No row: the traffic's edges go.
DELETE FROM public.graph_edges WHERE properties @> '{"made_by": "demo traffic"}'
