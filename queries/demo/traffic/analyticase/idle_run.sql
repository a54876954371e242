-- No row: a run is begun in a transaction that somebody forgets about.
INSERT INTO public.simulation_runs (run_id, simulation_type, configuration, status, run_name)
VALUES (
    md5('demo traffic forgotten')::uuid, 'combined', '{"made_by": "demo traffic"}', 'running', 'Demo traffic, forgotten'
)
ON CONFLICT (run_id) DO UPDATE SET run_timestamp = now()
