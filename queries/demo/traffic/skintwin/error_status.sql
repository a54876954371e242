-- Never a row: there is no such status, which a check says.
INSERT INTO public.ceo_task_log (task_id, task_type, priority, status)
VALUES ('traffic-wrong', 'analysis', 'high', 'lost')
