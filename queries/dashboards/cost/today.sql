-- A row is one of the last eight days with what was spent in it, and what was spent the day before until this hour.
-- The sums of whole days are ranges of an index on the time; days begin at midnight UTC.
SELECT
    d.day,
    (
        SELECT coalesce(sum(c.cost_usd), 0)
        FROM public.api_cost_tracking AS c
        WHERE c."timestamp" >= d.day
            AND c."timestamp" < d.day + interval '24 hours'
            AND (%(user)s::text IS NULL OR c.user_id = %(user)s)
    ) AS spent,
    (
        SELECT sum(c.cost_usd)
        FROM public.api_cost_tracking AS c
        WHERE c."timestamp" >= d.day - interval '24 hours'
            AND c."timestamp" < d.day - interval '24 hours' + (now() - date_trunc('day', now(), 'UTC'))
            AND (%(user)s::text IS NULL OR c.user_id = %(user)s)
            AND d.day = date_trunc('day', now(), 'UTC')
    ) AS before
FROM generate_series(
    date_trunc('day', now(), 'UTC') - interval '168 hours', date_trunc('day', now(), 'UTC'), interval '24 hours'
) AS d (day)
ORDER BY d.day
