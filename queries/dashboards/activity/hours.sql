-- A row is an hour of a weekday, in UTC, with how many actions of the period fell into it; there is one for each.
SELECT
    lpad(h.hour::text, 2, '0') AS hour,
    (ARRAY['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[d.day] AS day,
    coalesce(a.actions, 0) AS actions
FROM generate_series(1, 7) AS d (day)
CROSS JOIN generate_series(0, 23) AS h (hour)
LEFT JOIN (
    SELECT
        extract(ISODOW FROM l.created_at AT TIME ZONE 'UTC')::integer AS day,
        extract(HOUR FROM l.created_at AT TIME ZONE 'UTC')::integer AS hour,
        count(*) AS actions
    FROM public.activity_logs AS l
    WHERE l.created_at >= %(since)s
        AND l.created_at < %(until)s
        AND (%(user)s::text IS NULL OR l.user_id = %(user)s)
    GROUP BY 1, 2
) AS a ON a.day = d.day AND a.hour = h.hour
ORDER BY d.day, h.hour
