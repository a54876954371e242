-- A row is a day of the last ninety, in UTC, with the tokens that were read and written; without calls it is 0.
SELECT d.day, coalesce(s.tokens, 0) AS tokens
FROM generate_series(
    date_trunc('day', now(), 'UTC') - interval '2136 hours', date_trunc('day', now(), 'UTC'), interval '24 hours'
) AS d (day)
LEFT JOIN (
    SELECT c.day, sum(c.total_tokens) AS tokens
    FROM public.daily_cost_summary AS c
    WHERE %(user)s::text IS NULL OR c.user_id = %(user)s
    GROUP BY c.day
) AS s ON s.day = d.day
ORDER BY d.day
