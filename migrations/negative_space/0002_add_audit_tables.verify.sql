-- Is all of it there that was added? 65 checks: 3 tables, 24 columns, 3 views, 14 indexes, 4 foreign keys, 5 other
-- constraints, 5 functions, and 7 about the rights of the application.

-- A row per table: every expected column is there with its type. Columns added later do no harm.
SELECT
    'table ' || expected.table_name AS check_name,
    missing.list IS NULL AS ok,
    CASE
        WHEN to_regclass(expected.table_name) IS NULL THEN 'there is no such table'
        ELSE coalesce('missing: ' || missing.list, 'all ' || cardinality(expected.columns) || ' columns')
    END AS detail
FROM (
    VALUES
        ('public.audit_log_details', ARRAY['id uuid not null', 'audit_id uuid not null',
            'event_name varchar(255) not null', 'event_description text', 'event_data jsonb not null',
            'system_state jsonb not null', 'duration_ms integer', 'success_count integer not null',
            'failure_count integer not null', 'created_at timestamptz not null']),
        ('public.analysis_cache', ARRAY['id uuid not null', 'cache_key varchar(255) not null', 'image_id uuid',
            'analysis_id uuid', 'algorithm_fingerprint text not null', 'cached_result jsonb not null',
            'hit_count integer not null', 'last_accessed_at timestamptz', 'size_bytes integer not null',
            'created_at timestamptz not null', 'expires_at timestamptz']),
        ('public.performance_metrics', ARRAY['id bigint not null', 'metric_name varchar(255) not null',
            'metric_type varchar(20)', 'value numeric(15,4) not null', 'unit varchar(50) not null', 'labels jsonb',
            'context jsonb', 'sample_count integer not null', 'percentile_p50 numeric(15,4)',
            'percentile_p95 numeric(15,4)', 'percentile_p99 numeric(15,4)', 'recorded_at timestamptz not null'])
) AS expected (table_name, columns)
CROSS JOIN LATERAL (
    SELECT string_agg(wanted, ', ') AS list
    FROM unnest(expected.columns) AS wanted
    WHERE NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_attribute AS a
        CROSS JOIN LATERAL replace(format_type(a.atttypid, a.atttypmod), 'public.', '') AS type_name
        WHERE a.attrelid = to_regclass(expected.table_name)
            AND a.attnum > 0
            AND NOT a.attisdropped
            AND concat_ws(
                ' ',
                a.attname,
                replace(
                    replace(type_name, 'character varying', 'varchar'), 'timestamp with time zone', 'timestamptz'
                ),
                CASE WHEN a.attnotnull THEN 'not null' END
            ) = wanted
    )
) AS missing;

-- A row per added column: its type, whether it may be empty, and its default.
SELECT
    'column ' || expected.table_name || '.' || expected.column_name AS check_name,
    coalesce(found.words = expected.words, false) AS ok,
    CASE
        WHEN found.words IS NULL THEN 'there is no such column'
        WHEN found.words <> expected.words THEN found.words || ', but expected was ' || expected.words
        ELSE found.words
    END AS detail
FROM (
    VALUES
        ('public.users', 'audit_event_count', 'integer not null default 0'),
        ('public.users', 'api_request_count', 'integer not null default 0'),
        ('public.users', 'failed_login_attempts', 'integer not null default 0'),
        ('public.users', 'account_locked_until', 'timestamptz'),
        ('public.users', 'security_settings', 'jsonb not null default ''{}''::jsonb'),
        ('public.images', 'is_duplicate', 'boolean not null default false'),
        ('public.images', 'duplicate_of', 'uuid'),
        ('public.images', 'analysis_retry_count', 'integer not null default 0'),
        ('public.images', 'last_retry_at', 'timestamptz'),
        ('public.images', 'failure_reason', 'text'),
        ('public.images', 'processing_history', 'jsonb not null default ''[]''::jsonb'),
        ('public.analysis_results', 'cache_hit', 'boolean not null default false'),
        ('public.analysis_results', 'cached_at', 'timestamptz'),
        ('public.analysis_results', 'cache_ttl_seconds', 'integer not null default 86400'),
        ('public.analysis_results', 'performance_stats', 'jsonb not null default ''{}''::jsonb'),
        ('public.analysis_results', 'optimization_suggestions', 'text'),
        ('public.processing_queue', 'complexity_score', 'numeric(5,4) not null default 0.5'),
        ('public.processing_queue', 'estimated_priority', 'smallint'),
        ('public.processing_queue', 'processing_metadata', 'jsonb not null default ''{}''::jsonb'),
        ('public.processing_queue', 'processing_notes', 'text'),
        ('public.api_keys', 'request_count_current_window', 'integer not null default 0'),
        ('public.api_keys', 'last_rate_limit_reset', 'timestamptz'),
        ('public.api_keys', 'total_requests', 'bigint not null default 0'),
        ('public.api_keys', 'usage_stats', 'jsonb not null default ''{}''::jsonb')
) AS expected (table_name, column_name, words)
LEFT JOIN LATERAL (
    SELECT
        replace(
            replace(format_type(a.atttypid, a.atttypmod), 'character varying', 'varchar'),
            'timestamp with time zone', 'timestamptz'
        )
            || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
            || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS words
    FROM pg_catalog.pg_attribute AS a
    LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = to_regclass(expected.table_name)
        AND a.attname = expected.column_name
        AND NOT a.attisdropped
) AS found ON true;

-- A row per view: its columns by name, in order.
SELECT
    'view ' || expected.view_name AS check_name,
    found.columns IS NOT DISTINCT FROM expected.columns AS ok,
    coalesce(found.columns, 'there is no such view') AS detail
FROM (
    VALUES
        (
            'public.analysis_performance_summary',
            'result_id, image_id, confidence_score, processing_time_ms, cache_hit, file_size, '
                || 'performance_category, created_at'
        ),
        (
            'public.audit_summary_by_user',
            'user_id, email, total_events, failed_events, distinct_actions, avg_duration_ms, last_event'
        ),
        (
            'public.duplicate_images_report',
            'original_id, file_name, file_hash, file_size, duplicate_count, wasted_bytes, '
                || 'first_uploaded, last_duplicate'
        )
) AS expected (view_name, columns)
CROSS JOIN LATERAL (
    SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) AS columns
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.oid = to_regclass(expected.view_name)
        AND c.relkind = 'v'
) AS found;

-- A row per index: it is what it should be, and valid.
SELECT
    'index public.' || expected.index_name AS check_name,
    coalesce(i.indisvalid AND found.definition = expected.definition, false) AS ok,
    CASE
        WHEN i.indexrelid IS NULL THEN 'there is no such index'
        WHEN NOT i.indisvalid THEN 'the index is not valid: build it again'
        WHEN found.definition <> expected.definition
            THEN found.definition || ', but expected was ' || expected.definition
        ELSE found.definition
    END AS detail
FROM (
    VALUES
        ('idx_audit_details_audit_id', 'audit_log_details btree (audit_id)'),
        ('idx_audit_details_event_created', 'audit_log_details btree (event_name, created_at DESC)'),
        ('idx_audit_details_event_data', 'audit_log_details gin (event_data)'),
        ('idx_cache_image_id', 'analysis_cache btree (image_id)'),
        ('idx_cache_analysis_id', 'analysis_cache btree (analysis_id)'),
        ('idx_cache_expires', 'analysis_cache btree (expires_at) WHERE (expires_at IS NOT NULL)'),
        ('idx_metrics_name_recorded', 'performance_metrics btree (metric_name, recorded_at DESC)'),
        ('idx_metrics_recorded', 'performance_metrics btree (recorded_at DESC)'),
        ('idx_metrics_labels', 'performance_metrics gin (labels)'),
        ('idx_images_duplicate_of', 'images btree (duplicate_of) WHERE (duplicate_of IS NOT NULL)'),
        ('idx_images_retries', 'images btree (last_retry_at) WHERE (analysis_retry_count > 0)'),
        ('idx_analysis_results_cache_hit', 'analysis_results btree (cache_hit)'),
        ('idx_queue_complexity', 'processing_queue btree (complexity_score DESC)'),
        ('idx_users_locked', 'users btree (account_locked_until) WHERE (account_locked_until IS NOT NULL)')
) AS expected (index_name, definition)
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = to_regclass('public.' || expected.index_name)
CROSS JOIN LATERAL (
    SELECT regexp_replace(
        replace(pg_get_indexdef(i.indexrelid), 'public.', ''),
        '^CREATE (UNIQUE )?INDEX \S+ ON (\S+) USING',
        '\1\2'
    ) AS definition
) AS found;

-- A row per foreign key: what happens when the row it points to is deleted, and the index that makes it quick.
SELECT
    'foreign key ' || expected.constraint_name AS check_name,
    coalesce(c.convalidated AND c.confdeltype = expected.rule::"char" AND served.by IS NOT NULL, false) AS ok,
    CASE
        WHEN c.oid IS NULL THEN 'there is no such foreign key on ' || expected.table_name
        WHEN NOT c.convalidated THEN 'old rows have not been checked: VALIDATE CONSTRAINT'
        ELSE 'on delete '
            || CASE c.confdeltype
                WHEN 'c' THEN 'cascade'
                WHEN 'n' THEN 'set null'
                WHEN 'd' THEN 'set default'
                ELSE 'refuse'
            END
            || coalesce(', served by ' || served.by, ', but no index begins with its column')
    END AS detail
FROM (
    VALUES
        ('public.images', 'images_duplicate_of_fkey', 'n'),
        ('public.audit_log_details', 'audit_log_details_audit_id_fkey', 'c'),
        ('public.analysis_cache', 'analysis_cache_image_id_fkey', 'c'),
        ('public.analysis_cache', 'analysis_cache_analysis_id_fkey', 'c')
) AS expected (table_name, constraint_name, rule)
LEFT JOIN pg_catalog.pg_constraint AS c
    ON c.conrelid = to_regclass(expected.table_name)
    AND c.conname = expected.constraint_name
    AND c.contype = 'f'
-- A partial index serves, too, if it leaves out no more than the rows that point nowhere.
CROSS JOIN LATERAL (
    SELECT string_agg(x.relname, ', ' ORDER BY x.relname) AS by
    FROM pg_catalog.pg_index AS i
    JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = c.conkey[1]
    WHERE i.indrelid = c.conrelid
        AND i.indisvalid
        AND i.indkey[0] = c.conkey[1]
        AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = '(' || a.attname || ' IS NOT NULL)')
) AS served;

-- A row per other constraint: it is there and holds for every row.
SELECT
    'constraint ' || expected.constraint_name AS check_name,
    coalesce(c.convalidated, false) AS ok,
    CASE
        WHEN c.oid IS NULL THEN 'there is no such constraint on ' || expected.table_name
        WHEN NOT c.convalidated THEN 'old rows have not been checked: VALIDATE CONSTRAINT'
        ELSE 'on ' || expected.table_name
    END AS detail
FROM (
    VALUES
        ('public.audit_log_details', 'audit_log_details_pkey', 'p'),
        ('public.analysis_cache', 'analysis_cache_pkey', 'p'),
        ('public.performance_metrics', 'performance_metrics_pkey', 'p'),
        ('public.analysis_cache', 'analysis_cache_cache_key_key', 'u'),
        ('public.performance_metrics', 'performance_metrics_metric_type_check', 'c')
) AS expected (table_name, constraint_name, kind)
LEFT JOIN pg_catalog.pg_constraint AS c
    ON c.conrelid = to_regclass(expected.table_name)
    AND c.conname = expected.constraint_name
    AND c.contype = expected.kind::"char";

-- A row per function: what it returns; it has its own search_path; app_user may call it, and PUBLIC may not.
SELECT
    'function ' || expected.function_name AS check_name,
    coalesce(
        found.returns = expected.returns AND fixed.path AND NOT open.to_all AND open.to_app_user, false
    ) AS ok,
    CASE
        WHEN p.oid IS NULL THEN 'there is no such function'
        ELSE concat_ws(
            ', ',
            'returns ' || found.returns,
            CASE WHEN found.returns <> expected.returns THEN 'but expected was ' || expected.returns END,
            CASE WHEN NOT fixed.path THEN 'but its search_path is not fixed' END,
            CASE WHEN open.to_all THEN 'but PUBLIC may execute it' END,
            CASE WHEN open.to_app_user IS NOT TRUE THEN 'but app_user may not execute it' END
        )
    END AS detail
FROM (
    VALUES
        ('public.mark_duplicate_images()', 'integer'),
        ('public.cleanup_expired_cache()', 'integer'),
        ('public.get_cached_analysis(text)', 'jsonb'),
        (
            'public.aggregate_performance_metrics(text, integer, integer)',
            'TABLE(bucket timestamp with time zone, samples bigint, avg_value numeric, min_value numeric, '
                || 'max_value numeric, p50 numeric, p95 numeric, p99 numeric)'
        ),
        ('public.check_rate_limit(uuid)', 'boolean')
) AS expected (function_name, returns)
LEFT JOIN pg_catalog.pg_proc AS p ON p.oid = to_regprocedure(expected.function_name)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = 'app_user'
CROSS JOIN LATERAL (SELECT pg_get_function_result(p.oid) AS returns) AS found
CROSS JOIN LATERAL (SELECT coalesce(p.proconfig @> ARRAY['search_path=""'], false) AS path) AS fixed
CROSS JOIN LATERAL (
    SELECT
        has_function_privilege('public', p.oid, 'EXECUTE') AS to_all,
        has_function_privilege(r.oid, p.oid, 'EXECUTE') AS to_app_user
) AS open;

-- A row per table and view: exactly what app_user may do with it.
SELECT
    'rights of app_user on ' || expected.relation_name AS check_name,
    held.list IS NOT DISTINCT FROM expected.list AS ok,
    CASE
        WHEN r.oid IS NULL THEN 'there is no role app_user'
        WHEN to_regclass(expected.relation_name) IS NULL THEN 'there is no such relation'
        ELSE coalesce(held.list, 'none')
    END
        || CASE WHEN held.list IS DISTINCT FROM expected.list THEN ', expected is ' || expected.list ELSE '' END
        AS detail
FROM (
    VALUES
        ('public.audit_log_details', 'SELECT, INSERT'),
        ('public.analysis_cache', 'SELECT, INSERT, UPDATE, DELETE'),
        ('public.performance_metrics', 'SELECT, INSERT'),
        ('public.analysis_performance_summary', 'SELECT'),
        ('public.audit_summary_by_user', 'SELECT'),
        ('public.duplicate_images_report', 'SELECT')
) AS expected (relation_name, list)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = 'app_user'
CROSS JOIN LATERAL (
    SELECT string_agg(privilege, ', ' ORDER BY number) AS list
    FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER'])
        WITH ORDINALITY AS possible (privilege, number)
    WHERE has_table_privilege(r.oid, to_regclass(expected.relation_name), privilege)
) AS held;

-- One row: PUBLIC holds nothing.
SELECT
    'PUBLIC holds nothing on the additions' AS check_name,
    count(c.oid) = 6 AND count(*) FILTER (WHERE open.to_all) = 0 AS ok,
    CASE
        WHEN count(c.oid) < 6 THEN count(c.oid) || ' of 6 are there'
        ELSE coalesce(
            'open to everybody: ' || string_agg(expected.relation_name, ', ') FILTER (WHERE open.to_all),
            'no privilege on any of the 6'
        )
    END AS detail
FROM (
    VALUES
        ('public.audit_log_details'), ('public.analysis_cache'), ('public.performance_metrics'),
        ('public.analysis_performance_summary'), ('public.audit_summary_by_user'), ('public.duplicate_images_report')
) AS expected (relation_name)
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = to_regclass(expected.relation_name)
CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM aclexplode(c.relacl) AS a WHERE a.grantee = 0) AS to_all
) AS open;
