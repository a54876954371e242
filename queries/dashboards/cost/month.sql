-- A row is a person with what was spent this month, and the budget of it; of the part month it is what all of them
-- spent, and what they had last month until the same moment.
-- All of them come from one pass over the calls of this month: a range of an index on the time for each day, from its
-- beginning on, as the table lies on the disk. Months begin at midnight UTC.
WITH spent AS MATERIALIZED (
    SELECT sums.user_id, sum(sums.cost) AS cost
    FROM generate_series(
        date_trunc('month', now(), 'UTC'),
        date_trunc('month', now(), 'UTC') + interval '1 month' - interval '1 microsecond',
        interval '24 hours'
    ) AS day (at)
    CROSS JOIN LATERAL (
        SELECT c.user_id, sum(c.cost_usd) AS cost
        FROM (
            SELECT t.user_id, t.cost_usd
            FROM public.api_cost_tracking AS t
            WHERE t."timestamp" >= day.at
                AND t."timestamp" < day.at + interval '24 hours'
                AND (%(user)s::text IS NULL OR t.user_id = %(user)s)
            ORDER BY t."timestamp"
        ) AS c
        GROUP BY c.user_id
    ) AS sums
    GROUP BY sums.user_id
),

parts AS (
    -- Those who are nearest to their limits come first; who spends without a budget comes last, with no limit.
    (
        SELECT
            'budget' AS part,
            coalesce(s.user_id, b.user_id) AS user_id,
            coalesce(s.cost, 0) AS value,
            NULL::numeric AS before,
            b.monthly_limit AS "limit",
            array_to_string(b.alert_at_percent, ', ') AS mark,
            CASE WHEN b.hard_stop THEN 'calls stop at the limit' END AS note,
            -coalesce(s.cost, 0) / b.monthly_limit AS place
        FROM (SELECT m.user_id, m.cost FROM spent AS m WHERE m.cost <> 0) AS s
        FULL JOIN (
            SELECT
                f.user_id,
                CASE WHEN f.monthly_limit > 0 THEN f.monthly_limit END AS monthly_limit,
                f.alert_at_percent,
                f.hard_stop
            FROM public.budget_config AS f
            WHERE %(user)s::text IS NULL OR f.user_id = %(user)s
        ) AS b ON b.user_id = s.user_id
        ORDER BY 8 NULLS LAST, 3 DESC, 2
        LIMIT 50
    )
    UNION ALL
    SELECT
        'month',
        NULL,
        coalesce(sum(s.cost), 0),
        (
            SELECT sum(c.cost_usd)
            FROM (
                -- Beyond the end of a shorter month it is all of it.
                SELECT a.month - interval '1 month', least(a.month - interval '1 month' + (now() - a.month), a.month)
                FROM (SELECT date_trunc('month', now(), 'UTC')) AS a (month)
            ) AS last (month, until)
            CROSS JOIN LATERAL generate_series(
                last.month, last.until - interval '1 microsecond', interval '24 hours'
            ) AS day (at)
            CROSS JOIN LATERAL (
                SELECT t.cost_usd
                FROM public.api_cost_tracking AS t
                WHERE t."timestamp" >= day.at
                    AND t."timestamp" < least(day.at + interval '24 hours', last.until)
                    AND (%(user)s::text IS NULL OR t.user_id = %(user)s)
                ORDER BY t."timestamp"
            ) AS c
        ),
        NULL, NULL, NULL, NULL
    FROM spent AS s
)

SELECT
    p.part,
    coalesce(u.name, p.user_id) AS label,
    p.value,
    p.before,
    p."limit",
    p.mark,
    p.note
FROM parts AS p
LEFT JOIN public.users AS u ON u.id = p.user_id
ORDER BY p.part, p.place NULLS LAST, p.value DESC, 2
