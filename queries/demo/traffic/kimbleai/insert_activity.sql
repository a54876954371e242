-- No row: something was done, and it is written down.
WITH before AS (
    DELETE FROM public.activity_logs
    WHERE resource_type = 'traffic' AND resource_id = 'traffic-' || %(row)s::integer
)
INSERT INTO public.activity_logs (user_id, action_type, resource_type, resource_id, resource_name, user_agent)
SELECT sample.id, 'view', 'traffic', 'traffic-' || %(row)s::integer, 'Demo traffic', 'demo traffic'
FROM (SELECT id FROM public.users ORDER BY id LIMIT 1 OFFSET mod(%(row)s::integer, 2)) AS sample
