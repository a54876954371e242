-- A row is an outcome with how often it was predicted, the most frequent first.
SELECT coalesce(c.predicted_outcome, 'not said') AS outcome, count(*) AS cases
FROM public.case_llm_results AS c
WHERE %(run)s::uuid IS NULL OR c.run_id = %(run)s
GROUP BY 1
ORDER BY cases DESC, 1
LIMIT 50
