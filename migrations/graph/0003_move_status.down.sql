-- Puts the status back into properties, for every node; the column stays as it is until 0002 is rolled back.
UPDATE public.graph_nodes
SET properties = properties || jsonb_build_object('status', status);
