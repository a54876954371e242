-- No row: the traffic's activities go.
DELETE FROM public.activity_logs WHERE resource_type = 'traffic'
