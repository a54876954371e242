-- No row: a model was called, and what it cost is written down.
WITH before AS (
    DELETE FROM public.api_cost_tracking WHERE metadata @> jsonb_build_object('demo_traffic', %(row)s::integer)
)
INSERT INTO public.api_cost_tracking (user_id, model, endpoint, input_tokens, output_tokens, cost_usd, metadata)
SELECT
    sample.id, 'gpt-4o-mini', '/api/chat', 300 + %(row)s::integer, 100, 0.000105,
    jsonb_build_object('demo_traffic', %(row)s::integer)
FROM (SELECT id FROM public.users ORDER BY id LIMIT 1 OFFSET mod(%(row)s::integer, 2)) AS sample
