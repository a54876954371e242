-- No row: a task comes in; a number that comes round again is the same row.
INSERT INTO public.ceo_task_log (task_id, task_type, priority, status, input, created_at, started_at)
VALUES (
    'traffic-' || %(row)s::integer,
    (ARRAY['analysis', 'optimization', 'prediction', 'generation'])[1 + mod(%(row)s::integer, 4)],
    (ARRAY['low', 'medium', 'medium', 'high', 'critical'])[1 + mod(%(row)s::integer, 5)],
    'running',
    '{"made_by": "demo traffic"}',
    localtimestamp,
    localtimestamp
)
ON CONFLICT (task_id) DO UPDATE
SET status = excluded.status, created_at = excluded.created_at, started_at = excluded.started_at, completed_at = NULL
