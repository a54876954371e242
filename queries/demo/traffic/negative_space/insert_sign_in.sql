-- No row: somebody tries a password that is wrong.
WITH before AS (
    DELETE FROM public.security_audit
    WHERE user_agent = 'demo traffic' AND resource_id = 'traffic-' || %(row)s::integer
)
INSERT INTO public.security_audit (action, resource_type, resource_id, status, ip_address, user_agent, error_message)
VALUES (
    'login', 'session', 'traffic-' || %(row)s::integer, 'failure',
    '192.0.2.1'::inet + mod(%(row)s::integer, 9), 'demo traffic', 'wrong password'
)
