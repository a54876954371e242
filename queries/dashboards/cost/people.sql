-- A row is one of the hundred who spent most in the period, with what that was.
-- Up to four months it goes by days, up to two days by hours: each is a range of an index on the time, from its
-- beginning on, as the table lies on the disk. A longer period is read at one go, by several workers where there are.
-- The first hour, day or month is whole, in UTC.
WITH steps AS (
    SELECT step.at, least(step.at + ('1 ' || width.word)::interval, %(until)s) AS ends
    FROM (
        SELECT CASE
            WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '2 days' THEN 'hour' ELSE 'day'
        END AS word
    ) AS width
    CROSS JOIN LATERAL generate_series(
        date_trunc(width.word, %(since)s::timestamptz, 'UTC'),
        %(until)s::timestamptz - interval '1 microsecond',
        ('1 ' || width.word)::interval
    ) AS step (at)
    WHERE %(until)s::timestamptz - %(since)s::timestamptz <= interval '124 days'
),

spent AS (
    SELECT calls.user_id, sum(calls.cost) AS cost
    FROM steps
    CROSS JOIN LATERAL (
        SELECT c.user_id, sum(c.cost_usd) AS cost
        FROM (
            SELECT t.user_id, t.cost_usd
            FROM public.api_cost_tracking AS t
            WHERE t."timestamp" >= steps.at
                AND t."timestamp" < steps.ends
                AND (%(user)s::text IS NULL OR t.user_id = %(user)s)
            ORDER BY t."timestamp"
        ) AS c
        GROUP BY c.user_id
    ) AS calls
    GROUP BY calls.user_id
    UNION ALL
    SELECT t.user_id, sum(t.cost_usd)
    FROM public.api_cost_tracking AS t
    WHERE t."timestamp" >= date_trunc('month', %(since)s::timestamptz, 'UTC')
        AND t."timestamp" < %(until)s
        AND (%(user)s::text IS NULL OR t.user_id = %(user)s)
        AND %(until)s::timestamptz - %(since)s::timestamptz > interval '124 days'
    GROUP BY t.user_id
)

SELECT coalesce(u.name, s.user_id) AS person, s.cost
FROM (
    SELECT x.user_id, x.cost
    FROM spent AS x
    ORDER BY x.cost DESC, x.user_id
    LIMIT 100
) AS s
LEFT JOIN public.users AS u ON u.id = s.user_id
ORDER BY s.cost DESC, 1
