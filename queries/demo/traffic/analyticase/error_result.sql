-- Never a row: results of a run that does not exist.
INSERT INTO public.hypergnn_results (run_id, num_nodes) VALUES (md5('nowhere')::uuid, 0)
