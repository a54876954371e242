-- Calls of models in kimbleai, as many as bench.rows says, evenly over a year that ends a week from now, in their order.
-- They are checked against nothing, and the indexes are made anew behind them, or it would take four times as long.
SET session_replication_role = replica;
SET maintenance_work_mem = '256MB';

CREATE TEMPORARY TABLE indexes AS
SELECT x.indexrelid::regclass::text AS name, pg_get_indexdef(x.indexrelid) AS made
FROM pg_index AS x
WHERE x.indrelid = 'public.api_cost_tracking'::regclass AND NOT x.indisprimary;

DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT i.name FROM indexes AS i LOOP
        EXECUTE format('DROP INDEX %s', name);
    END LOOP;
END $$;

INSERT INTO public.users (id, email, name)
SELECT 'p' || n, 'p' || n || '@example.com', 'Person ' || n
FROM generate_series(1, 30) AS n;

INSERT INTO public.budget_config (user_id, monthly_limit)
SELECT 'p' || n, 100 * n
FROM generate_series(1, 20) AS n;

INSERT INTO public.api_cost_tracking
    (user_id, model, endpoint, input_tokens, output_tokens, cost_usd, cached, "timestamp")
SELECT
    u.ids[1 + n % cardinality(u.ids)],
    (ARRAY['gpt-4o', 'gpt-4o-mini', 'text-embedding-3-small', 'claude-3-5-sonnet', 'whisper-1'])[1 + abs(h) % 5],
    (ARRAY['/api/chat', '/api/search', '/api/embed', '/api/transcribe', '/api/summary'])[1 + abs(h / 7) % 5],
    abs(h) % 4000,
    abs(h / 3) % 1500,
    (abs(h) % 40000) / 1000000.0,
    abs(h) % 10 = 0,
    now() + interval '7 days' - interval '372 days' * (1 - n::float8 / current_setting('bench.rows')::int)
FROM generate_series(1, current_setting('bench.rows')::int) AS n
CROSS JOIN LATERAL (SELECT hashint4(n) / 2) AS hashed (h)
CROSS JOIN (SELECT array_agg(p.id) FROM public.users AS p) AS u (ids);

DO $$
DECLARE
    made text;
BEGIN
    FOR made IN SELECT i.made FROM indexes AS i LOOP
        EXECUTE made;
    END LOOP;
END $$;
