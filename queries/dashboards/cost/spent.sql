-- A row is what was spent in one step of time, on one model or at one endpoint, as `part` says: a day, model, endpoint.
-- All come from one pass over the calls of the period, since there may be millions: a range of an index on the time
-- for each step, from its beginning on, as the table lies on the disk. A step is an hour up to two days, a day up to
-- four months, else a month. The first one is whole, in UTC; of "all" it is the one of the first call.
WITH steps AS (
    SELECT each.at, least(each.at + ('1 ' || step.word)::interval, %(until)s) AS ends
    FROM (
        SELECT CASE
            WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '2 days' THEN 'hour'
            WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '124 days' THEN 'day'
            ELSE 'month'
        END AS word
    ) AS step
    CROSS JOIN LATERAL generate_series(
        date_trunc(
            step.word,
            greatest(
                %(since)s::timestamptz,
                CASE step.word
                    WHEN 'month' THEN coalesce(
                        (SELECT min(f."timestamp") FROM public.api_cost_tracking AS f),
                        %(until)s::timestamptz + interval '1 month'
                    )
                END
            ),
            'UTC'
        ),
        %(until)s::timestamptz - interval '1 microsecond',
        ('1 ' || step.word)::interval
    ) AS each (at)
),

spent AS MATERIALIZED (
    SELECT steps.at, calls.model, calls.endpoint, calls.cost
    FROM steps
    LEFT JOIN LATERAL (
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
    ) AS calls ON true
),

parts AS (
    SELECT 'day' AS part, s.at AS day, NULL AS name, coalesce(sum(s.cost), 0) AS cost
    FROM spent AS s
    GROUP BY s.at
    UNION ALL
    (
        SELECT 'model', NULL, s.model, sum(s.cost)
        FROM spent AS s
        WHERE s.model IS NOT NULL
        GROUP BY s.model
        ORDER BY 4 DESC, 3
        LIMIT 100
    )
    UNION ALL
    (
        SELECT 'endpoint', NULL, s.endpoint, sum(s.cost)
        FROM spent AS s
        WHERE s.endpoint IS NOT NULL
        GROUP BY s.endpoint
        ORDER BY 4 DESC, 3
        LIMIT 100
    )
)

SELECT p.part, p.day, p.name, p.cost
FROM parts AS p
ORDER BY p.part, p.day, p.cost DESC, p.name
