-- Are webhooks logged? 1 check: the table.

-- One row: every expected column is there with its type. Columns added later do no harm.
SELECT
    expected.number || ' table ' || expected.table_name AS check_name,
    c.oid IS NOT NULL AND missing.list IS NULL AS ok,
    CASE
        WHEN c.oid IS NULL THEN 'there is no such table'
        ELSE coalesce('missing: ' || missing.list, 'all ' || cardinality(expected.columns) || ' columns')
    END AS detail
FROM (
    VALUES
        ('T19', 'public.zapier_webhook_logs', ARRAY[
            'id uuid', 'user_id text', 'event_type text', 'priority text', 'success boolean', 'status_code integer',
            'webhook_id text', 'error text', 'payload jsonb', 'received_at timestamptz'])
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
