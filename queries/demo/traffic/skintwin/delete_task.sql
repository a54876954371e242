-- No row: a task is thrown away.
DELETE FROM public.ceo_task_log WHERE task_id = 'traffic-' || %(row)s::integer
