-- A row is a priority and a status, with the tasks of projects that have both; the most pressing come first.
SELECT coalesce(t.priority, 'none') AS priority, t.status, count(*) AS tasks
FROM public.project_tasks AS t
WHERE (%(user)s::text IS NULL OR t.assignee_id = %(user)s)
    AND (%(project)s::text IS NULL OR t.project_id = %(project)s)
GROUP BY t.priority, t.status
ORDER BY
    array_position(ARRAY['critical', 'high', 'medium', 'low'], t.priority),
    array_position(ARRAY['done', 'doing', 'todo'], t.status)
