-- No row: the traffic's tasks go.
DELETE FROM public.ceo_task_log WHERE starts_with(task_id, 'traffic-')
