-- A row is how many members the interfaces have, and how many of these are implemented: one in all.
SELECT 'interfaces' AS label, sum(i.implemented_members) AS value, sum(i.total_members) AS "limit"
FROM public.interface_completeness_tracking AS i
