-- A row is one of the last eight days with what was spent in it, and what was spent the day before until this hour.
-- Each sum is a range of an index on the time, from its beginning on, as the table lies on the disk. Days begin at
-- midnight UTC.
SELECT
    d.day,
    (
        SELECT coalesce(sum(c.cost_usd), 0)
        FROM (
            SELECT t.cost_usd
            FROM public.api_cost_tracking AS t
            WHERE t."timestamp" >= d.day
                AND t."timestamp" < d.day + interval '24 hours'
                AND (%(user)s::text IS NULL OR t.user_id = %(user)s)
            ORDER BY t."timestamp"
        ) AS c
    ) AS spent,
    (
        SELECT sum(c.cost_usd)
        FROM (
            SELECT t.cost_usd
            FROM public.api_cost_tracking AS t
            WHERE t."timestamp" >= d.day - interval '24 hours'
                AND t."timestamp" < d.day - interval '24 hours' + (now() - date_trunc('day', now(), 'UTC'))
                AND (%(user)s::text IS NULL OR t.user_id = %(user)s)
                AND d.day = date_trunc('day', now(), 'UTC')
            ORDER BY t."timestamp"
        ) AS c
    ) AS before
FROM generate_series(
    date_trunc('day', now(), 'UTC') - interval '168 hours', date_trunc('day', now(), 'UTC'), interval '24 hours'
) AS d (day)
ORDER BY d.day
