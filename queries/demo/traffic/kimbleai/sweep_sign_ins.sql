-- No row: the traffic's sign-ins go.
DELETE FROM public.auth_logs WHERE metadata ? 'demo_traffic'
