-- A row is how often a sign-in failed or was blocked in the period, and in the one as long before it: one in all.
SELECT
    count(*) FILTER (WHERE a.created_at >= %(since)s) AS value,
    count(*) FILTER (WHERE a.created_at < %(since)s) AS before
FROM public.auth_logs AS a
WHERE a.event_type IN ('signin_failed', 'signin_blocked')
    AND a.created_at >= greatest(
        %(since)s::timestamptz - (%(until)s::timestamptz - %(since)s::timestamptz), timestamptz '1970-01-01 00:00:00+00'
    )
    AND a.created_at < %(until)s
    AND (%(user)s::text IS NULL OR a.user_id = %(user)s)
