-- A row is an insight, the latest first.
SELECT
    i.created_at AS at,
    i.model_source AS model,
    i.insight_category AS category,
    i.confidence,
    i.insight_text AS insight
FROM public.simulation_insights AS i
WHERE %(run)s::uuid IS NULL OR i.run_id = %(run)s
ORDER BY i.created_at DESC, i.insight_id
LIMIT 200
