-- No row: a task comes to its end, now and then a bad one.
UPDATE public.ceo_task_log
SET status = CASE WHEN mod(%(row)s::integer, 9) = 0 THEN 'failure' ELSE 'success' END,
    execution_time_ms = 200 + 37 * mod(%(row)s::integer, 50),
    completed_at = localtimestamp
WHERE task_id = 'traffic-' || %(row)s::integer
