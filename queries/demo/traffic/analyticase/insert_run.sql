-- No row: a simulation begins; a number that comes round again is the same row.
INSERT INTO public.simulation_runs (run_id, simulation_type, configuration, status, run_timestamp, run_name)
VALUES (
    md5('demo traffic ' || %(row)s::integer)::uuid,
    (ARRAY['agent_based', 'discrete_event', 'system_dynamics', 'hypergnn', 'case_llm'])[1 + mod(%(row)s::integer, 5)],
    '{"made_by": "demo traffic"}', 'running', now(), 'Demo traffic ' || %(row)s::integer
)
ON CONFLICT (run_id) DO UPDATE SET status = 'running', run_timestamp = now(), duration_seconds = NULL
