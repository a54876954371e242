-- A row is what was spent in one step of time: an hour up to two days, a day up to four months, else a month.
-- Each step is a range of an index on the time, from its beginning on, as the table lies on the disk. The first one is
-- whole, in UTC; of "all" it is the one of the first call.
SELECT step.at AS day, coalesce(calls.cost, 0) AS cost
FROM (
    SELECT CASE
        WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '2 days' THEN 'hour'
        WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '124 days' THEN 'day'
        ELSE 'month'
    END AS word
) AS width
CROSS JOIN LATERAL generate_series(
    date_trunc(
        width.word,
        greatest(
            %(since)s::timestamptz,
            CASE width.word
                WHEN 'month' THEN coalesce(
                    (SELECT min(f."timestamp") FROM public.api_cost_tracking AS f),
                    %(until)s::timestamptz + interval '1 month'
                )
            END
        ),
        'UTC'
    ),
    %(until)s::timestamptz - interval '1 microsecond',
    ('1 ' || width.word)::interval
) AS step (at)
CROSS JOIN LATERAL (
    SELECT sum(c.cost_usd) AS cost
    FROM (
        SELECT t.cost_usd
        FROM public.api_cost_tracking AS t
        WHERE t."timestamp" >= step.at
            AND t."timestamp" < least(step.at + ('1 ' || width.word)::interval, %(until)s)
            AND (%(user)s::text IS NULL OR t.user_id = %(user)s)
        ORDER BY t."timestamp"
    ) AS c
) AS calls
ORDER BY step.at
