-- No row: somebody who is not known tries to sign in.
WITH before AS (
    DELETE FROM public.auth_logs WHERE metadata @> jsonb_build_object('demo_traffic', %(row)s::integer)
)
INSERT INTO public.auth_logs (email, event_type, success, ip_address, user_agent, metadata)
VALUES (
    'stranger@example.com', 'signin_failed', false, '192.0.2.1'::inet + mod(%(row)s::integer, 9), 'demo traffic',
    jsonb_build_object('demo_traffic', %(row)s::integer)
)
