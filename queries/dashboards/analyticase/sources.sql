-- A row is a model and a type of insight, with the insights of both; the models with the most come first.
SELECT
    coalesce(i.model_source, 'not said') AS model,
    coalesce(i.insight_type, 'other') AS type,
    count(*) AS insights
FROM public.simulation_insights AS i
WHERE %(run)s::uuid IS NULL OR i.run_id = %(run)s
GROUP BY 1, 2
ORDER BY sum(count(*)) OVER (PARTITION BY coalesce(i.model_source, 'not said')) DESC, 1, 2
LIMIT 200
