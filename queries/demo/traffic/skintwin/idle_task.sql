-- No row: a task is opened by hand in a transaction that somebody forgets about.
INSERT INTO public.ceo_task_log (task_id, task_type, priority, status, created_at)
VALUES ('traffic-forgotten', 'generation', 'low', 'running', localtimestamp)
ON CONFLICT (task_id) DO UPDATE SET started_at = localtimestamp
