-- A row is one of the latest hundred entries, the newest first.
SELECT
    r."timestamp" AS at,
    r.action,
    u.email AS person,
    r.status AS outcome,
    r.resource_type AS what,
    host(r.ip_address) AS "from",
    r.error_message AS message
FROM public.recent_audit_events AS r
LEFT JOIN public.users AS u ON u.id = r.user_id
WHERE %(user)s::uuid IS NULL OR r.user_id = %(user)s
ORDER BY r."timestamp" DESC, r.id DESC
LIMIT 100
