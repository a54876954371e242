-- A row is one of the latest hundred actions, the newest first.
SELECT
    r.created_at AS at,
    coalesce(r.user_name, r.user_id) AS person,
    r.action_type AS action,
    r.resource_type AS what,
    coalesce(r.resource_name, r.resource_id, r.metadata ->> 'query') AS name
FROM public.recent_activity AS r
WHERE %(user)s::text IS NULL OR r.user_id = %(user)s
ORDER BY r.created_at DESC, r.id DESC
