-- A row is a rule of the type checker with how often it is broken and not yet mended, the most often first.
SELECT coalesce(t.rule, 'none') AS rule, count(*) AS open
FROM public.type_safety_logs AS t
WHERE NOT t.resolved
GROUP BY t.rule
ORDER BY open DESC, 1
LIMIT 50
