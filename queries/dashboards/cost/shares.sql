-- A row is what was spent in the period on one model or at one endpoint, as `part` says; both come from one pass.
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

spent AS MATERIALIZED (
    SELECT calls.model, calls.endpoint, calls.cost
    FROM steps
    CROSS JOIN LATERAL (
        SELECT c.model, c.endpoint, sum(c.cost_usd) AS cost
        FROM (
            SELECT t.model, t.endpoint, t.cost_usd
            FROM public.api_cost_tracking AS t
            WHERE t."timestamp" >= steps.at
                AND t."timestamp" < steps.ends
                AND (%(user)s::text IS NULL OR t.user_id = %(user)s)
            ORDER BY t."timestamp"
        ) AS c
        GROUP BY c.model, c.endpoint
    ) AS calls
    UNION ALL
    SELECT t.model, t.endpoint, sum(t.cost_usd)
    FROM public.api_cost_tracking AS t
    WHERE t."timestamp" >= date_trunc('month', %(since)s::timestamptz, 'UTC')
        AND t."timestamp" < %(until)s
        AND (%(user)s::text IS NULL OR t.user_id = %(user)s)
        AND %(until)s::timestamptz - %(since)s::timestamptz > interval '124 days'
    GROUP BY t.model, t.endpoint
),

parts AS (
    (
        SELECT 'model' AS part, s.model AS name, sum(s.cost) AS cost
        FROM spent AS s
        GROUP BY s.model
        ORDER BY 3 DESC, 2
        LIMIT 100
    )
    UNION ALL
    (
        SELECT 'endpoint', s.endpoint, sum(s.cost)
        FROM spent AS s
        WHERE s.endpoint IS NOT NULL
        GROUP BY s.endpoint
        ORDER BY 3 DESC, 2
        LIMIT 100
    )
)

SELECT p.part, p.name, p.cost
FROM parts AS p
ORDER BY p.part, p.cost DESC, p.name
