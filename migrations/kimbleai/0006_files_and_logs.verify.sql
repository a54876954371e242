-- Are files and logs there, and do they answer? 10 checks: 3 tables, 4 views, 3 others.

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
        ('T4', 'public.auth_logs', ARRAY[
            'id bigint', 'user_id text', 'email text', 'event_type text', 'success boolean', 'ip_address inet',
            'user_agent text', 'metadata jsonb', 'created_at timestamptz']),
        ('T17', 'public.files', ARRAY[
            'id text', 'user_id text', 'project_id text', 'filename text', 'original_filename text',
            'file_type text', 'mime_type text', 'size_bytes bigint', 'storage_path text', 'status text',
            'processed_content text', 'embedding vector(1536)', 'tags text[]', 'metadata jsonb',
            'created_at timestamptz', 'updated_at timestamptz']),
        ('T18', 'public.activity_logs', ARRAY[
            'id bigint', 'user_id text', 'action_type text', 'resource_type text', 'resource_id text',
            'resource_name text', 'metadata jsonb', 'ip_address inet', 'user_agent text', 'created_at timestamptz'])
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
        ('V24', 'public.dashboard_stats', ARRAY[
            'user_id', 'user_name', 'email', 'project_count', 'conversation_count', 'file_count',
            'transcription_count', 'knowledge_count', 'total_storage_bytes', 'last_activity']),
        ('V25', 'public.recent_activity', ARRAY[
            'id', 'user_id', 'user_name', 'action_type', 'resource_type', 'resource_id', 'resource_name',
            'metadata', 'created_at']),
        ('V26', 'public.user_activity_summary', ARRAY[
            'user_id', 'user_name', 'activity_date', 'total_actions', 'action_types', 'resource_types']),
        ('V31', 'public.file_stats', ARRAY[
            'user_id', 'file_type', 'file_count', 'total_size_bytes', 'avg_size_bytes', 'latest_upload'])
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

-- One row: nobody is missing, and nobody is there twice.
SELECT
    'Q38 dashboard_stats has one row per user' AS check_name,
    coalesce(starts_with(answer.word, 'yes'), false) AS ok,
    coalesce(split_part(answer.word, ': ', 2), 'there is no view public.dashboard_stats') AS detail
FROM (VALUES (to_regclass('public.dashboard_stats'))) AS expected (oid)
LEFT JOIN LATERAL ts_stat(CASE WHEN expected.oid IS NULL THEN 'SELECT NULL::tsvector' ELSE $query$
    SELECT array_to_tsvector(ARRAY[
        CASE WHEN d.row_count = u.row_count AND d.user_count = u.row_count THEN 'yes: ' ELSE 'no: ' END
            || d.row_count || ' rows for ' || u.row_count || ' users'
    ])
    FROM (SELECT count(*) AS row_count, count(DISTINCT user_id) AS user_count FROM public.dashboard_stats) AS d
    CROSS JOIN (SELECT count(*) AS row_count FROM public.users) AS u
$query$ END) AS answer ON true;

-- One row: each entry is followed by an older one.
SELECT
    'Q39 recent_activity has at most 100 rows, newest first' AS check_name,
    coalesce(starts_with(answer.word, 'yes'), false) AS ok,
    coalesce(split_part(answer.word, ': ', 2), 'there is no view public.recent_activity') AS detail
FROM (VALUES (to_regclass('public.recent_activity'))) AS expected (oid)
LEFT JOIN LATERAL ts_stat(CASE WHEN expected.oid IS NULL THEN 'SELECT NULL::tsvector' ELSE $query$
    SELECT array_to_tsvector(ARRAY[
        CASE
            WHEN count(*) <= 100 AND count(*) FILTER (WHERE (r.created_at, r.id) >= (r.created_before, r.id_before)) = 0
                THEN 'yes: '
            ELSE 'no: '
        END || count(*) || ' rows, ' || count(*) FILTER (WHERE (r.created_at, r.id) >= (r.created_before, r.id_before))
            || ' out of order'
    ])
    FROM (
        SELECT id, created_at, lag(id) OVER () AS id_before, lag(created_at) OVER () AS created_before
        FROM public.recent_activity
    ) AS r
$query$ END) AS answer ON true;

-- One row: whatever there is to find, at most ten come, the most similar first.
SELECT
    'Q40 search_files answers for a unit vector, similarity falling' AS check_name,
    coalesce(starts_with(answer.word, 'yes'), false) AS ok,
    coalesce(split_part(answer.word, ': ', 2), 'there is no function public.search_files') AS detail
FROM (VALUES (to_regproc('public.search_files'))) AS expected (oid)
LEFT JOIN LATERAL ts_stat(CASE WHEN expected.oid IS NULL THEN 'SELECT NULL::tsvector' ELSE replace($query$
    SELECT array_to_tsvector(ARRAY[
        CASE WHEN count(*) <= 10 AND coalesce(bool_and(s.in_range AND s.falling), true) THEN 'yes: ' ELSE 'no: ' END
            || count(*) || ' found' || coalesce(', similarity ' || round(max(s.similarity)::numeric, 3)
            || ' to ' || round(min(s.similarity)::numeric, 3), '')
    ])
    FROM (
        SELECT
            similarity,
            similarity BETWEEN -1 AND 1 AS in_range,
            similarity <= coalesce(lag(similarity) OVER (), 1) AS falling
        FROM public.search_files(
            $vector$[1 and zeros]$vector$,
            (SELECT user_id FROM public.files WHERE embedding IS NOT NULL ORDER BY user_id LIMIT 1), 10, -1
        )
    ) AS s
$query$, ' and zeros', repeat(',0', 1535)) END) AS answer ON true;
