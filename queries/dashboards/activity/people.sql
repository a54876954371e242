-- A row is a person with what they did in the last thirty days, the busiest first.
SELECT
    coalesce(s.user_name, s.user_id) AS person,
    sum(s.total_actions) AS actions,
    count(*) AS days,
    max(s.activity_date) AS latest
FROM public.user_activity_summary AS s
WHERE %(user)s::text IS NULL OR s.user_id = %(user)s
GROUP BY s.user_id, s.user_name
ORDER BY actions DESC, s.user_id
LIMIT 100
