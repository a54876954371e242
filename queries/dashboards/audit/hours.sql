-- A row is an hour of a weekday, in UTC, with how many entries of the period fell into it; there is one for each.
SELECT
    lpad(h.hour::text, 2, '0') AS hour,
    (ARRAY['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[d.day] AS day,
    coalesce(a.entries, 0) AS entries
FROM generate_series(1, 7) AS d (day)
CROSS JOIN generate_series(0, 23) AS h (hour)
LEFT JOIN (
    SELECT
        extract(ISODOW FROM e."timestamp" AT TIME ZONE 'UTC')::integer AS day,
        extract(HOUR FROM e."timestamp" AT TIME ZONE 'UTC')::integer AS hour,
        count(*) AS entries
    FROM public.security_audit AS e
    WHERE e."timestamp" >= %(since)s
        AND e."timestamp" < %(until)s
        AND (%(user)s::uuid IS NULL OR e.user_id = %(user)s)
    GROUP BY 1, 2
) AS a ON a.day = d.day AND a.hour = h.hour
ORDER BY d.day, h.hour
