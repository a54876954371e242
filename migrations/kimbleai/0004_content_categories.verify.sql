-- Are there categories? 2 checks: 1 table, 1 view.

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
        ('T23', 'public.content_categories', ARRAY[
            'id text', 'name text', 'description text', 'icon text', 'color text', 'parent_id text',
            'keywords text[]', 'created_by text', 'created_at timestamptz'])
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

-- One row: it begins with the expected columns, and it can be read. 0008 appends three.
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
        ('V33', 'public.category_stats', ARRAY[
            'category_id', 'category_name', 'knowledge_count', 'last_activity'])
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
