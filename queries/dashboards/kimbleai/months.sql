-- A row is a month of the last twelve and a person, with what their calls cost.
SELECT s.month, coalesce(u.name, s.user_id) AS person, s.total_cost_usd AS cost
FROM public.monthly_cost_summary AS s
LEFT JOIN public.users AS u ON u.id = s.user_id
WHERE s.month > now() - interval '1 year'
    AND (%(user)s::text IS NULL OR s.user_id = %(user)s)
ORDER BY s.month, s.user_id
