-- A row is a week that begins on a Monday, in UTC, with the messages of it, from the first message on.
SELECT w.week, coalesce(m.messages, 0) AS messages
FROM (
    SELECT
        date_trunc('week', s.created_at, 'UTC') AS week,
        count(*) AS messages
    FROM public.messages AS s
    JOIN public.conversations AS c ON c.id = s.conversation_id
    WHERE s.created_at >= now() - interval '2 years'
        AND (%(user)s::text IS NULL OR s.user_id = %(user)s)
        AND (%(project)s::text IS NULL OR c.project_id = %(project)s)
    GROUP BY 1
) AS m
RIGHT JOIN (
    SELECT generate_series(
        date_trunc('week', greatest(min(s.created_at), now() - interval '2 years'), 'UTC'), now(), interval '168 hours'
    ) AS week
    FROM public.messages AS s
) AS w ON w.week = m.week
ORDER BY w.week
