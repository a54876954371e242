-- A row is how many people did something in the period, and in the one as long before it: one in all.
SELECT
    count(DISTINCT a.user_id) FILTER (WHERE a."timestamp" >= %(since)s) AS value,
    count(DISTINCT a.user_id) FILTER (WHERE a."timestamp" < %(since)s) AS before
FROM public.security_audit AS a
WHERE a."timestamp" >= greatest(
        %(since)s::timestamptz - (%(until)s::timestamptz - %(since)s::timestamptz), timestamptz '1970-01-01 00:00:00+00'
    )
    AND a."timestamp" < %(until)s
    AND (%(user)s::uuid IS NULL OR a.user_id = %(user)s)
