-- A row is a state in which files, tasks or webhooks are, with how many, and when the oldest came.
-- Files and tasks are all there are, webhooks those of the period.
SELECT 'files ' || f.status AS what, count(*) AS items, min(f.created_at) AS "oldest from"
FROM public.files AS f
WHERE %(user)s::text IS NULL OR f.user_id = %(user)s
GROUP BY f.status
UNION ALL
SELECT 'tasks ' || t.status, count(*), min(t.created_at)
FROM public.project_tasks AS t
WHERE %(user)s::text IS NULL OR t.assignee_id = %(user)s
GROUP BY t.status
UNION ALL
SELECT 'webhooks ' || CASE WHEN w.success THEN 'done' ELSE 'failed' END, count(*), min(w.received_at)
FROM public.zapier_webhook_logs AS w
WHERE w.received_at >= %(since)s
    AND w.received_at < %(until)s
    AND (%(user)s::text IS NULL OR w.user_id = %(user)s)
GROUP BY w.success
ORDER BY 1
