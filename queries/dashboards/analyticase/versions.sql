-- A row is an enhancement of a model, the newest first.
SELECT
    e.implementation_date AS at,
    e.model_name AS model,
    e.version,
    e.enhancement_type AS what,
    e.description
FROM public.model_enhancements AS e
ORDER BY e.implementation_date DESC, e.model_name, e.version
LIMIT 100
