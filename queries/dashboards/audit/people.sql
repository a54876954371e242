-- A row is a person with all that is written about them, those with the most failures first.
SELECT
    s.email AS person,
    s.failed_events AS failed,
    s.total_events AS entries,
    s.distinct_actions AS actions,
    s.avg_duration_ms AS "mean time",
    s.last_event AS latest
FROM public.audit_summary_by_user AS s
WHERE s.total_events > 0
    AND (%(user)s::uuid IS NULL OR s.user_id = %(user)s)
ORDER BY s.failed_events DESC, s.total_events DESC, s.email
LIMIT 200
