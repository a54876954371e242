-- A row is a person, as `part` says: one with what was spent in the period, or one with the budget of this month.
-- One row more, of the part month, is what all of them spent this month, and last month until the same moment.
-- All of them come from one pass over the calls since the beginning of both, the month and the period.
WITH bounds AS (
    SELECT
        date_trunc('month', now(), 'UTC') AS month,
        date_trunc(
            CASE
                WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '2 days' THEN 'hour'
                WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '124 days' THEN 'day'
                ELSE 'month'
            END,
            %(since)s::timestamptz,
            'UTC'
        ) AS since
),

spent AS MATERIALIZED (
    SELECT
        c.user_id,
        sum(c.cost_usd) FILTER (
            WHERE c."timestamp" >= (SELECT b.since FROM bounds AS b) AND c."timestamp" < %(until)s
        ) AS in_period,
        sum(c.cost_usd) FILTER (WHERE c."timestamp" >= (SELECT b.month FROM bounds AS b)) AS in_month
    FROM public.api_cost_tracking AS c
    WHERE c."timestamp" >= least(
            date_trunc(
                CASE
                    WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '2 days' THEN 'hour'
                    WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '124 days' THEN 'day'
                    ELSE 'month'
                END,
                %(since)s::timestamptz,
                'UTC'
            ),
            date_trunc('month', now(), 'UTC')
        )
        AND (%(user)s::text IS NULL OR c.user_id = %(user)s)
    GROUP BY c.user_id
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
            nullif(b.monthly_limit, 0),
            array_to_string(b.alert_at_percent, ', '),
            CASE WHEN b.hard_stop THEN 'calls stop at the limit' END,
            -coalesce(s.in_month, 0) / nullif(b.monthly_limit, 0)
        FROM (SELECT m.user_id, m.in_month FROM spent AS m WHERE m.in_month > 0) AS s
        FULL JOIN (
            SELECT f.user_id, f.monthly_limit, f.alert_at_percent, f.hard_stop
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
            FROM public.api_cost_tracking AS c
            WHERE c."timestamp" >= date_trunc('month', now(), 'UTC') - interval '1 month'
                AND c."timestamp" < least(now() - interval '1 month', date_trunc('month', now(), 'UTC'))
                AND (%(user)s::text IS NULL OR c.user_id = %(user)s)
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
