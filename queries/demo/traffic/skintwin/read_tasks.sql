-- One row a task that is not done, the newest first.
SELECT task_id, task_type, priority, created_at
FROM public.ceo_task_log
WHERE status IN ('pending', 'running')
ORDER BY created_at DESC
LIMIT 20
