-- No row: a run says something about itself.
WITH run AS (
    INSERT INTO public.simulation_runs (run_id, simulation_type, configuration, status, run_timestamp, run_name)
    VALUES (
        md5('demo traffic ' || %(row)s::integer)::uuid, 'combined', '{"made_by": "demo traffic"}', 'running', now(),
        'Demo traffic ' || %(row)s::integer
    )
    ON CONFLICT (run_id) DO UPDATE SET status = 'running'
    RETURNING run_id
)
INSERT INTO public.simulation_insights (insight_id, run_id, insight_type, insight_category, insight_text, confidence)
SELECT
    md5('demo traffic insight ' || %(row)s::integer)::uuid, run_id, 'observation', 'performance',
    'This run was made by the demo''s traffic.', 0.5
FROM run
ON CONFLICT (insight_id) DO NOTHING
