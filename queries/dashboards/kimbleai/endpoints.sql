-- A row is an endpoint with all its calls since the first one, the dearest first.
SELECT
    s.endpoint,
    sum(s.total_cost_usd) AS cost,
    sum(s.total_calls) AS calls,
    sum(s.total_cost_usd) / sum(s.total_calls) AS mean,
    max(s.last_used) AS latest
FROM public.cost_by_endpoint AS s
WHERE %(user)s::text IS NULL OR s.user_id = %(user)s
GROUP BY s.endpoint
ORDER BY cost DESC, s.endpoint
LIMIT 100
