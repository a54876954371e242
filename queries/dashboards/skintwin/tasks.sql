-- A row is a type of task and a status, with the tasks of the period that have both.
SELECT coalesce(t.task_type, 'none') AS type, coalesce(t.status, 'none') AS status, count(*) AS tasks
FROM public.ceo_task_log AS t
WHERE t.created_at >= %(since)s::timestamptz AT TIME ZONE 'UTC'
    AND t.created_at < %(until)s::timestamptz AT TIME ZONE 'UTC'
GROUP BY t.task_type, t.status
ORDER BY 1, array_position(ARRAY['success', 'running', 'pending', 'failure'], t.status::text)
