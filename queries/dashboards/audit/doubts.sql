-- A row is an address from which logins to an account were refused in the period, the most often refused first.
SELECT
    u.email AS account,
    count(*) AS refused,
    host(a.ip_address) AS "from",
    max(a."timestamp") AS latest
FROM public.security_audit AS a
LEFT JOIN public.users AS u ON u.id = a.user_id
WHERE a.action = 'login'
    AND a.status = 'failure'
    AND a."timestamp" >= %(since)s
    AND a."timestamp" < %(until)s
    AND (%(user)s::uuid IS NULL OR a.user_id = %(user)s)
GROUP BY u.email, a.ip_address
ORDER BY refused DESC, latest DESC, u.email
LIMIT 100
