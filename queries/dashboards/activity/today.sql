-- A row is one of the last 15 days with its actions; `before` is the mean of the four same weekdays until this hour.
SELECT
    d.day,
    (
        SELECT count(*)
        FROM public.activity_logs AS a
        WHERE a.created_at >= d.day
            AND a.created_at < d.day + interval '24 hours'
            AND (%(user)s::text IS NULL OR a.user_id = %(user)s)
    ) AS actions,
    usual.actions AS before,
    'mean of four ' || to_char(now(), 'FMDay') || 's' AS note
FROM generate_series(
    date_trunc('day', now(), 'UTC') - interval '336 hours', date_trunc('day', now(), 'UTC'), interval '24 hours'
) AS d (day)
LEFT JOIN LATERAL (
    SELECT count(a.id) / 4.0 AS actions
    FROM generate_series(1, 4) AS weeks (ago)
    JOIN public.activity_logs AS a
        ON a.created_at >= d.day - weeks.ago * interval '168 hours'
        AND a.created_at < now() - weeks.ago * interval '168 hours'
        AND (%(user)s::text IS NULL OR a.user_id = %(user)s)
) AS usual ON d.day = date_trunc('day', now(), 'UTC')
ORDER BY d.day
