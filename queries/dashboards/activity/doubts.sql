-- A row is an address from which sign-ins to an account were refused in the period, the most often refused first.
SELECT
    a.email AS account,
    count(*) AS refused,
    host(a.ip_address) AS "from",
    count(*) FILTER (WHERE a.event_type = 'signin_blocked') AS blocked,
    max(a.created_at) AS latest
FROM public.auth_logs AS a
WHERE a.event_type IN ('signin_failed', 'signin_blocked')
    AND a.created_at >= %(since)s
    AND a.created_at < %(until)s
    AND (%(user)s::text IS NULL OR a.user_id = %(user)s)
GROUP BY a.email, a.ip_address
ORDER BY refused DESC, latest DESC, a.email
LIMIT 100
