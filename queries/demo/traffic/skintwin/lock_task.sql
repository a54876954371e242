-- No row: two workers take the same task; the second one waits for the first.
INSERT INTO public.ceo_task_log (task_id, task_type, priority, status, created_at)
VALUES ('traffic-contested', 'optimization', 'high', 'running', localtimestamp)
ON CONFLICT (task_id) DO UPDATE SET started_at = localtimestamp
