-- A row is a week that begins on a Monday and an action, with how often it was done in the period.
SELECT date_trunc('week', a."timestamp") AS week, a.action, count(*) AS entries
FROM skin_twin.audit_log AS a
WHERE a."timestamp" >= %(since)s::timestamptz AT TIME ZONE 'UTC'
    AND a."timestamp" < %(until)s::timestamptz AT TIME ZONE 'UTC'
GROUP BY 1, 2
ORDER BY 1, 2
