-- A row is one of the last 15 days with its entries; `before` is the mean of the four same weekdays until this hour.
SELECT
    d.day,
    (
        SELECT count(*)
        FROM public.security_audit AS a
        WHERE a."timestamp" >= d.day
            AND a."timestamp" < d.day + interval '24 hours'
            AND (%(user)s::uuid IS NULL OR a.user_id = %(user)s)
    ) AS entries,
    usual.entries AS before,
    'mean of four ' || to_char(now(), 'FMDay') || 's' AS note
FROM generate_series(
    date_trunc('day', now(), 'UTC') - interval '336 hours', date_trunc('day', now(), 'UTC'), interval '24 hours'
) AS d (day)
LEFT JOIN LATERAL (
    SELECT count(a.id) / 4.0 AS entries
    FROM generate_series(1, 4) AS weeks (ago)
    JOIN public.security_audit AS a
        ON a."timestamp" >= d.day - weeks.ago * interval '168 hours'
        AND a."timestamp" < now() - weeks.ago * interval '168 hours'
        AND (%(user)s::uuid IS NULL OR a.user_id = %(user)s)
) AS usual ON d.day = date_trunc('day', now(), 'UTC')
ORDER BY d.day
