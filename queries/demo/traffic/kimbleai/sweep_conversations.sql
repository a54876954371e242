-- No row: the traffic's conversations go, with what was said in them.
DELETE FROM public.conversations WHERE starts_with(id, 'traffic-')
