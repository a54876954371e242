-- A row is a person, as `part` says: one with what was spent in the period, or one with the budget of this month.
-- One row more, of the part month, is what all of them spent this month, and last month until the same moment.
-- All of them come from one pass over the calls of the period and of this month: a range of an index on the time for
-- each day (in long periods for each month), read from its beginning on, as the table lies on the disk.
WITH asked AS (
    SELECT
        date_trunc('month', now(), 'UTC') AS month,
        date_trunc('month', now(), 'UTC') + interval '1 month' AS next_month,
        date_trunc(step.word, %(since)s::timestamptz, 'UTC') AS since,
        %(until)s::timestamptz AS until,
        CASE step.word WHEN 'month' THEN interval '1 month' ELSE interval '24 hours' END AS width
    FROM (
        SELECT CASE
            WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '2 days' THEN 'hour'
            WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '124 days' THEN 'day'
            ELSE 'month'
        END AS word
    ) AS step
),

-- Where the period begins or ends within a step, this one is cut in two.
steps AS (
    SELECT
        e.at,
        lead(e.at) OVER (ORDER BY e.at) AS ends,
        e.at >= a.since AND e.at < a.until AS in_period,
        e.at >= a.month AND e.at < a.next_month AS in_month
    FROM asked AS a
    CROSS JOIN LATERAL (
        SELECT s.at
        FROM generate_series(date_trunc('day', least(a.since, a.month), 'UTC'), a.next_month, a.width) AS s (at)
        UNION
        VALUES (a.since), (a.until)
    ) AS e
),

spent AS MATERIALIZED (
    SELECT
        sums.user_id,
        sum(sums.cost) FILTER (WHERE steps.in_period) AS in_period,
        sum(sums.cost) FILTER (WHERE steps.in_month) AS in_month
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
    ) AS sums
    WHERE steps.in_period OR steps.in_month
    GROUP BY sums.user_id
),

parts AS (
    (
        SELECT
            'person' AS part,
            s.user_id,
            s.in_period AS value,
            NULL::numeric AS before,
            NULL::numeric AS "limit",
            NULL::text AS mark,
            NULL::text AS note,
            -s.in_period AS place
        FROM spent AS s
        WHERE s.in_period IS NOT NULL
        ORDER BY s.in_period DESC
        LIMIT 100
    )
    UNION ALL
    -- Those who are nearest to their limits come first; who spends without a budget comes last, with no limit.
    (
        SELECT
            'budget',
            coalesce(s.user_id, b.user_id),
            coalesce(s.in_month, 0),
            NULL,
            b.monthly_limit,
            array_to_string(b.alert_at_percent, ', '),
            CASE WHEN b.hard_stop THEN 'calls stop at the limit' END,
            -coalesce(s.in_month, 0) / b.monthly_limit
        FROM (SELECT m.user_id, m.in_month FROM spent AS m WHERE m.in_month <> 0) AS s
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
        coalesce(sum(s.in_month), 0),
        (
            SELECT sum(c.cost_usd)
            FROM (
                -- Beyond the end of a shorter month it is all of it.
                SELECT a.month - interval '1 month', least(a.month - interval '1 month' + (now() - a.month), a.month)
                FROM asked AS a
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
