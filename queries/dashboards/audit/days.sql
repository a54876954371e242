-- A row is an hour, a day or a month of the period and an outcome, with the entries of both.
-- Up to two days are told by the hour, up to four months by the day.
SELECT
    date_trunc(step.word, a."timestamp", 'UTC') AS day,
    a.status AS outcome,
    count(*) AS entries
FROM public.security_audit AS a
CROSS JOIN (
    SELECT CASE
        WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '2 days' THEN 'hour'
        WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '124 days' THEN 'day'
        ELSE 'month'
    END AS word
) AS step
WHERE a."timestamp" >= %(since)s
    AND a."timestamp" < %(until)s
    AND (%(user)s::uuid IS NULL OR a.user_id = %(user)s)
GROUP BY 1, 2
ORDER BY 1, 2
