-- No row: the traffic's nodes go.
DELETE FROM public.graph_nodes WHERE properties @> '{"made_by": "demo traffic"}'
