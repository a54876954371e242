-- A row is an action with how often it was done in the period, the most frequent first.
SELECT a.action, count(*) AS entries
FROM public.security_audit AS a
WHERE a."timestamp" >= %(since)s
    AND a."timestamp" < %(until)s
    AND (%(user)s::uuid IS NULL OR a.user_id = %(user)s)
GROUP BY a.action
ORDER BY entries DESC, a.action
