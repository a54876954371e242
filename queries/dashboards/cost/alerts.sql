-- A row is an alert about a budget that nobody has acknowledged, the newest first.
SELECT
    a."timestamp" AS at,
    coalesce(u.name, a.user_id) AS person,
    a.percent_used AS used,
    a.period,
    a.severity,
    a.spent_usd AS spent,
    a.limit_usd AS "limit",
    a.message
FROM public.budget_alerts AS a
LEFT JOIN public.users AS u ON u.id = a.user_id
WHERE NOT a.acknowledged
    AND (%(user)s::text IS NULL OR a.user_id = %(user)s)
ORDER BY a."timestamp" DESC, a.id
LIMIT 200
