-- Are costs tracked? 8 checks: 3 tables, 4 views, 1 sum.

-- A row per table: every expected column is there with its type. Columns added later do no harm.
SELECT
    expected.number || ' table ' || expected.table_name AS check_name,
    c.oid IS NOT NULL AND missing.list IS NULL AS ok,
    CASE
        WHEN c.oid IS NULL THEN 'there is no such table'
        ELSE coalesce('missing: ' || missing.list, 'all ' || cardinality(expected.columns) || ' columns')
    END AS detail
FROM (
    VALUES
        ('T20', 'public.api_cost_tracking', ARRAY[
            'id bigint', 'user_id text', 'model text', 'endpoint text', 'input_tokens integer',
            'output_tokens integer', 'cost_usd numeric(12,6)', 'cached boolean', 'metadata jsonb',
            'timestamp timestamptz']),
        ('T21', 'public.budget_config', ARRAY[
            'user_id text', 'monthly_limit numeric(10,2)', 'daily_limit numeric(10,2)',
            'hourly_limit numeric(10,2)', 'alert_at_percent integer[]', 'hard_stop boolean', 'alert_email text',
            'created_at timestamptz', 'updated_at timestamptz']),
        ('T22', 'public.budget_alerts', ARRAY[
            'id uuid', 'user_id text', 'severity text', 'period text', 'percent_used numeric(6,2)',
            'spent_usd numeric(10,2)', 'limit_usd numeric(10,2)', 'message text', 'acknowledged boolean',
            'acknowledged_by text', 'acknowledged_at timestamptz', 'timestamp timestamptz'])
) AS expected (number, table_name, columns)
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = to_regclass(expected.table_name) AND c.relkind = 'r'
CROSS JOIN LATERAL (
    SELECT string_agg(wanted, ', ') AS list
    FROM unnest(expected.columns) AS wanted
    WHERE NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_attribute AS a
        CROSS JOIN LATERAL format_type(a.atttypid, a.atttypmod) AS type_name
        WHERE a.attrelid = c.oid
            AND a.attnum > 0
            AND NOT a.attisdropped
            -- vector with the schema it lives in, or without
            AND a.attname || ' ' || regexp_replace(
                replace(type_name, 'timestamp with time zone', 'timestamptz'), '^.+\.', ''
            ) = wanted
    )
) AS missing
ORDER BY substr(expected.number, 2)::integer;

-- A row per view: it begins with the expected columns, and it can be read.
-- ts_stat runs a query that it is given as text, so a view that is missing is a failed check and no error.
SELECT
    expected.number || ' view ' || expected.view_name AS check_name,
    c.oid IS NOT NULL AND found.columns[:cardinality(expected.columns)] = expected.columns AS ok,
    CASE
        WHEN c.oid IS NULL THEN 'there is no such view'
        ELSE answer.word || ' rows of ' || array_to_string(found.columns, ', ')
    END AS detail
FROM (
    VALUES
        ('V27', 'public.monthly_cost_summary', ARRAY[
            'month', 'user_id', 'total_calls', 'input_tokens', 'output_tokens', 'total_cost_usd', 'avg_cost_usd',
            'max_cost_usd', 'cached_calls']),
        ('V28', 'public.daily_cost_summary', ARRAY[
            'day', 'user_id', 'total_calls', 'total_tokens', 'total_cost_usd']),
        ('V29', 'public.cost_by_model', ARRAY[
            'user_id', 'model', 'total_calls', 'input_tokens', 'output_tokens', 'total_cost_usd', 'avg_cost_usd',
            'last_used']),
        ('V30', 'public.cost_by_endpoint', ARRAY[
            'user_id', 'endpoint', 'total_calls', 'total_cost_usd', 'avg_cost_usd', 'last_used'])
) AS expected (number, view_name, columns)
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = to_regclass(expected.view_name) AND c.relkind = 'v'
CROSS JOIN LATERAL (
    SELECT array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = c.oid
) AS found
LEFT JOIN LATERAL ts_stat(CASE
    WHEN c.oid IS NULL THEN 'SELECT NULL::tsvector'
    ELSE 'SELECT array_to_tsvector(ARRAY[count(v)::text]) FROM ' || expected.view_name || ' AS v'
END) AS answer ON true
ORDER BY expected.number;

-- One row: this month in UTC, told by its name instead of its first moment.
SELECT
    'Q41 get_monthly_spending is the sum of the month' AS check_name,
    coalesce(starts_with(answer.word, 'yes'), false) AS ok,
    coalesce(split_part(answer.word, ': ', 2), 'there is no function public.get_monthly_spending') AS detail
FROM (VALUES (to_regproc('public.get_monthly_spending'))) AS expected (oid)
LEFT JOIN LATERAL ts_stat(CASE WHEN expected.oid IS NULL THEN 'SELECT NULL::tsvector' ELSE $query$
    SELECT array_to_tsvector(ARRAY[
        CASE WHEN public.get_monthly_spending() = month.spent THEN 'yes: ' ELSE 'no: ' END
            || public.get_monthly_spending() || ' US dollars, ' || month.spent || ' by adding them up'
    ])
    FROM (
        SELECT coalesce(sum(cost_usd), 0) AS spent
        FROM public.api_cost_tracking
        WHERE to_char("timestamp" AT TIME ZONE 'UTC', 'YYYY-MM') >= to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM')
    ) AS month
$query$ END) AS answer ON true;
