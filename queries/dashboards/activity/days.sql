-- A row is an hour, a day or a month of the period and a kind of action, with how often it was done.
-- Up to two days are told by the hour, up to four months by the day.
SELECT
    date_trunc(step.word, a.created_at, 'UTC') AS day,
    a.action_type AS action,
    count(*) AS actions
FROM public.activity_logs AS a
CROSS JOIN (
    SELECT CASE
        WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '2 days' THEN 'hour'
        WHEN %(until)s::timestamptz - %(since)s::timestamptz <= interval '124 days' THEN 'day'
        ELSE 'month'
    END AS word
) AS step
WHERE a.created_at >= %(since)s
    AND a.created_at < %(until)s
    AND (%(user)s::text IS NULL OR a.user_id = %(user)s)
GROUP BY 1, 2
ORDER BY 1, 2
