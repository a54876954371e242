-- A row is one of the twenty dearest calls of the period. They are read along the index on what calls cost.
SELECT
    s.cost_usd AS cost,
    s."timestamp" AS at,
    coalesce(u.name, s.user_id) AS person,
    s.model,
    s.endpoint,
    s.input_tokens AS "tokens in",
    s.output_tokens AS "tokens out"
FROM (
    SELECT c.id, c."timestamp", c.user_id, c.model, c.endpoint, c.input_tokens, c.output_tokens, c.cost_usd
    FROM public.api_cost_tracking AS c
    WHERE c."timestamp" >= %(since)s
        AND c."timestamp" < %(until)s
        AND (%(user)s::text IS NULL OR c.user_id = %(user)s)
    ORDER BY c.cost_usd DESC, c."timestamp" DESC, c.id
    LIMIT 20
) AS s
LEFT JOIN public.users AS u ON u.id = s.user_id
ORDER BY s.cost_usd DESC, s."timestamp" DESC, s.id
