-- No row: two sessions write down the same run; the second one waits for the first.
INSERT INTO public.simulation_runs (run_id, simulation_type, configuration, status, run_name)
VALUES (
    md5('demo traffic contested')::uuid, 'combined', '{"made_by": "demo traffic"}', 'running', 'Demo traffic, contested'
)
ON CONFLICT (run_id) DO UPDATE SET run_timestamp = now()
