-- Is the core there as it should be? 95 checks: 6 tables, 5 enums, 4 views, 34 indexes, 7 foreign keys, 16 other
-- constraints, 4 functions, 6 triggers, and 13 about the rights of the application.

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
        ('public.users', ARRAY['id uuid not null', 'email varchar(255) not null',
            'password_hash varchar(255) not null', 'full_name varchar(255)', 'role user_role not null',
            'is_active boolean not null', 'is_email_verified boolean not null', 'last_login_at timestamptz',
            'metadata jsonb not null', 'created_at timestamptz not null', 'updated_at timestamptz not null']),
        ('public.images', ARRAY['id uuid not null', 'user_id uuid not null', 'file_name varchar(512) not null',
            'original_filename varchar(512)', 'file_path varchar(1024) not null', 'file_size bigint not null',
            'mime_type varchar(100) not null', 'file_hash varchar(64) not null', 'width integer', 'height integer',
            'analysis_status analysis_status not null', 'metadata jsonb not null', 'uploaded_at timestamptz not null',
            'processed_at timestamptz', 'created_at timestamptz not null', 'updated_at timestamptz not null']),
        ('public.analysis_results', ARRAY['id uuid not null', 'image_id uuid not null', 'user_id uuid not null',
            'algorithm_version varchar(50) not null', 'algorithm_parameters jsonb not null',
            'negative_space_data jsonb not null', 'anomalies jsonb not null',
            'confidence_score numeric(5,4) not null', 'processing_time_ms integer not null',
            'quality_metrics jsonb not null', 'notes text', 'created_at timestamptz not null',
            'updated_at timestamptz not null']),
        ('public.processing_queue', ARRAY['id uuid not null', 'image_id uuid not null', 'user_id uuid not null',
            'status queue_status not null', 'priority smallint not null', 'retry_count integer not null',
            'max_retries integer not null', 'worker_id varchar(255)', 'error_message text',
            'last_error_at timestamptz', 'started_at timestamptz', 'completed_at timestamptz',
            'created_at timestamptz not null']),
        ('public.api_keys', ARRAY['id uuid not null', 'user_id uuid not null', 'key_hash varchar(255) not null',
            'name varchar(255) not null', 'is_active boolean not null', 'scopes text[] not null',
            'ip_whitelist cidr[]', 'rate_limit_per_minute integer not null', 'last_used_at timestamptz',
            'expires_at timestamptz', 'created_at timestamptz not null']),
        ('public.security_audit', ARRAY['id uuid not null', 'user_id uuid', 'action audit_action not null',
            'resource_type varchar(100)', 'resource_id varchar(255)', 'status audit_status not null',
            'ip_address inet', 'user_agent text', 'error_message text', 'changes_before jsonb', 'changes_after jsonb',
            'timestamp timestamptz not null'])
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

-- A row per enum: its labels, in order.
SELECT
    'enum ' || expected.type_name AS check_name,
    found.labels IS NOT DISTINCT FROM expected.labels AS ok,
    coalesce(found.labels, 'there is no such enum') AS detail
FROM (
    VALUES
        ('public.user_role', 'admin, analyst, viewer, api_user'),
        ('public.analysis_status', 'pending, processing, completed, failed, archived'),
        ('public.queue_status', 'queued, processing, completed, failed, retrying, cancelled'),
        (
            'public.audit_action',
            'login, logout, create_image, delete_image, run_analysis, view_results, export_data, api_call, '
                || 'permission_change, config_change'
        ),
        ('public.audit_status', 'success, failure, partial')
) AS expected (type_name, labels)
CROSS JOIN LATERAL (
    SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) AS labels
    FROM pg_catalog.pg_enum AS e
    WHERE e.enumtypid = to_regtype(expected.type_name)
) AS found;

-- A row per view: its columns by name, in order.
SELECT
    'view ' || expected.view_name AS check_name,
    found.columns IS NOT DISTINCT FROM expected.columns AS ok,
    coalesce(found.columns, 'there is no such view') AS detail
FROM (
    VALUES
        (
            'public.user_activity_summary',
            'user_id, email, role, total_images, total_analyses, last_image_upload, last_analysis, '
                || 'last_login_at, created_at'
        ),
        (
            'public.queue_status_summary',
            'status, count, oldest_item, newest_item, avg_wait_seconds, avg_processing_seconds, '
                || 'max_wait_seconds'
        ),
        (
            'public.image_analysis_status',
            'image_id, file_name, user_id, analysis_status, algorithm_version, confidence_score, '
                || 'processing_time_ms, analyzed_at, is_analyzed'
        ),
        (
            'public.recent_audit_events',
            'id, user_id, action, resource_type, resource_id, status, ip_address, error_message, '
                || 'timestamp'
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
        ('idx_users_role', 'users btree (role)'),
        ('idx_users_active', 'users btree (role, last_login_at) WHERE is_active'),
        ('idx_users_last_login', 'users btree (last_login_at DESC NULLS LAST)'),
        ('idx_users_created', 'users btree (created_at DESC)'),
        ('idx_images_user_id', 'images btree (user_id)'),
        ('idx_images_analysis_status', 'images btree (analysis_status)'),
        ('idx_images_file_hash', 'images btree (file_hash)'),
        ('idx_images_created', 'images btree (created_at DESC)'),
        ('idx_images_user_created', 'images btree (user_id, created_at DESC)'),
        ('idx_images_status_created', 'images btree (analysis_status, created_at DESC)'),
        ('idx_images_metadata', 'images gin (metadata)'),
        ('idx_analysis_results_image_id', 'analysis_results btree (image_id)'),
        ('idx_analysis_results_user_id', 'analysis_results btree (user_id)'),
        ('idx_analysis_results_created', 'analysis_results btree (created_at DESC)'),
        ('idx_analysis_results_user_created', 'analysis_results btree (user_id, created_at DESC)'),
        ('idx_analysis_results_confidence', 'analysis_results btree (confidence_score DESC)'),
        ('idx_analysis_results_space_data', 'analysis_results gin (negative_space_data)'),
        ('idx_analysis_results_anomalies', 'analysis_results gin (anomalies)'),
        ('idx_analysis_results_quality', 'analysis_results gin (quality_metrics)'),
        ('idx_queue_image_id', 'processing_queue btree (image_id)'),
        ('idx_queue_user_id', 'processing_queue btree (user_id)'),
        ('idx_queue_status', 'processing_queue btree (status)'),
        ('idx_queue_status_priority', 'processing_queue btree (status, priority DESC, created_at)'),
        ('idx_queue_failed', 'processing_queue btree (last_error_at DESC) WHERE (status = ''failed''::queue_status)'),
        ('idx_queue_retrying', 'processing_queue btree (last_error_at) WHERE (status = ''retrying''::queue_status)'),
        ('idx_api_keys_user_id', 'api_keys btree (user_id)'),
        ('idx_api_keys_active', 'api_keys btree (user_id) WHERE is_active'),
        ('idx_api_keys_expires', 'api_keys btree (expires_at) WHERE (expires_at IS NOT NULL)'),
        ('idx_audit_user_id', 'security_audit btree (user_id)'),
        ('idx_audit_action', 'security_audit btree (action)'),
        ('idx_audit_timestamp', 'security_audit btree ("timestamp" DESC)'),
        ('idx_audit_user_timestamp', 'security_audit btree (user_id, "timestamp" DESC)'),
        ('idx_audit_failures', 'security_audit btree ("timestamp" DESC) WHERE (status <> ''success''::audit_status)'),
        ('idx_audit_changes_after', 'security_audit gin (changes_after)')
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
        ('public.images', 'images_user_id_fkey', 'c'),
        ('public.analysis_results', 'analysis_results_image_id_fkey', 'c'),
        ('public.analysis_results', 'analysis_results_user_id_fkey', 'c'),
        ('public.processing_queue', 'processing_queue_image_id_fkey', 'c'),
        ('public.processing_queue', 'processing_queue_user_id_fkey', 'c'),
        ('public.api_keys', 'api_keys_user_id_fkey', 'c'),
        ('public.security_audit', 'security_audit_user_id_fkey', 'n')
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
        ('public.users', 'users_pkey', 'p'),
        ('public.images', 'images_pkey', 'p'),
        ('public.analysis_results', 'analysis_results_pkey', 'p'),
        ('public.processing_queue', 'processing_queue_pkey', 'p'),
        ('public.api_keys', 'api_keys_pkey', 'p'),
        ('public.security_audit', 'security_audit_pkey', 'p'),
        ('public.users', 'users_email_key', 'u'),
        ('public.users', 'users_password_hash_check', 'c'),
        ('public.images', 'images_file_size_check', 'c'),
        ('public.images', 'images_file_hash_check', 'c'),
        ('public.analysis_results', 'analysis_results_confidence_score_check', 'c'),
        ('public.analysis_results', 'analysis_results_processing_time_ms_check', 'c'),
        ('public.processing_queue', 'processing_queue_priority_check', 'c'),
        ('public.processing_queue', 'processing_queue_retry_count_check', 'c'),
        ('public.api_keys', 'api_keys_key_hash_key', 'u'),
        ('public.api_keys', 'api_keys_rate_limit_per_minute_check', 'c')
) AS expected (table_name, constraint_name, kind)
LEFT JOIN pg_catalog.pg_constraint AS c
    ON c.conrelid = to_regclass(expected.table_name)
    AND c.conname = expected.constraint_name
    AND c.contype = expected.kind::"char";

-- A row per trigger function: it finds nothing by the search_path of whoever makes it run, and is not open to all.
SELECT
    'function ' || expected.function_name AS check_name,
    coalesce(p.prorettype = 'trigger'::regtype AND fixed.path AND NOT open.to_all, false) AS ok,
    CASE
        WHEN p.oid IS NULL THEN 'there is no such function'
        ELSE concat_ws(
            ', ',
            'returns ' || format_type(p.prorettype, NULL),
            CASE WHEN NOT fixed.path THEN 'but its search_path is not fixed' END,
            CASE WHEN open.to_all THEN 'but PUBLIC may execute it' END
        )
    END AS detail
FROM (
    VALUES
        ('public.set_updated_at()'), ('public.validate_image_status_transition()'),
        ('public.validate_queue_status_transition()'), ('public.log_image_event()')
) AS expected (function_name)
LEFT JOIN pg_catalog.pg_proc AS p ON p.oid = to_regprocedure(expected.function_name)
CROSS JOIN LATERAL (SELECT coalesce(p.proconfig @> ARRAY['search_path=""'], false) AS path) AS fixed
CROSS JOIN LATERAL (SELECT has_function_privilege('public', p.oid, 'EXECUTE') AS to_all) AS open;

-- A row per trigger: enabled, FOR EACH ROW, and at the right moment.
-- In tgtype 1 is for each row, 2 before, 4 insert, 8 delete, 16 update.
SELECT
    'trigger ' || expected.trigger_name AS check_name,
    coalesce(
        t.tgtype = expected.kind
            AND t.tgenabled IN ('O', 'A')
            AND t.tgfoid = to_regprocedure(expected.function_name)
            AND watched.columns IS NOT DISTINCT FROM expected.columns,
        false
    ) AS ok,
    CASE
        WHEN t.oid IS NULL THEN 'there is no such trigger on ' || expected.table_name
        WHEN t.tgenabled NOT IN ('O', 'A') THEN 'disabled on ' || expected.table_name
        WHEN t.tgtype <> expected.kind THEN 'fires at another moment than it should'
        WHEN watched.columns IS DISTINCT FROM expected.columns THEN 'watches other columns than it should'
        ELSE 'on ' || expected.table_name || ', enabled'
    END AS detail
FROM (
    VALUES
        ('users_set_updated_at', 'public.users', 19, NULL, 'public.set_updated_at()'),
        ('images_set_updated_at', 'public.images', 19, NULL, 'public.set_updated_at()'),
        ('analysis_results_set_updated_at', 'public.analysis_results', 19, NULL, 'public.set_updated_at()'),
        (
            'validate_image_status', 'public.images', 19, 'analysis_status',
            'public.validate_image_status_transition()'
        ),
        (
            'validate_queue_status', 'public.processing_queue', 19, 'status',
            'public.validate_queue_status_transition()'
        ),
        ('audit_images', 'public.images', 13, NULL, 'public.log_image_event()')
) AS expected (trigger_name, table_name, kind, columns, function_name)
LEFT JOIN pg_catalog.pg_trigger AS t
    ON t.tgrelid = to_regclass(expected.table_name)
    AND t.tgname = expected.trigger_name
CROSS JOIN LATERAL (
    SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) AS columns
    FROM unnest(t.tgattr::smallint[]) AS number
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = t.tgrelid AND a.attnum = number
) AS watched;

-- One row: the role of the application.
SELECT
    'role app_user' AS check_name,
    r.oid IS NOT NULL AS ok,
    CASE
        WHEN r.oid IS NULL THEN 'there is no such role'
        ELSE coalesce(nullif(shobj_description(r.oid, 'pg_authid'), ''), 'was there before')
    END AS detail
FROM (VALUES ('app_user')) AS expected (role_name)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = expected.role_name;

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
        ('public.users', 'SELECT, INSERT, UPDATE'),
        ('public.images', 'SELECT, INSERT, UPDATE, DELETE'),
        ('public.analysis_results', 'SELECT, INSERT, UPDATE'),
        ('public.processing_queue', 'SELECT, INSERT, UPDATE'),
        ('public.api_keys', 'SELECT, INSERT, UPDATE'),
        ('public.security_audit', 'SELECT, INSERT'),
        ('public.user_activity_summary', 'SELECT'),
        ('public.queue_status_summary', 'SELECT'),
        ('public.image_analysis_status', 'SELECT'),
        ('public.recent_audit_events', 'SELECT')
) AS expected (relation_name, list)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = 'app_user'
CROSS JOIN LATERAL (
    SELECT string_agg(privilege, ', ' ORDER BY number) AS list
    FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER'])
        WITH ORDINALITY AS possible (privilege, number)
    WHERE has_table_privilege(r.oid, to_regclass(expected.relation_name), privilege)
) AS held;

-- One row: the application adds to the audit trail and changes nothing in it, not by a column either.
SELECT
    'audit trail is append-only for app_user' AS check_name,
    count(r.oid) = 1 AND count(c.oid) = 1 AND NOT coalesce(bool_or(
        has_table_privilege(r.oid, c.oid, 'UPDATE')
            OR has_any_column_privilege(r.oid, c.oid, 'UPDATE')
            OR has_table_privilege(r.oid, c.oid, 'DELETE')
            OR has_table_privilege(r.oid, c.oid, 'TRUNCATE')
    ), false) AS ok,
    CASE
        WHEN count(r.oid) = 0 THEN 'there is no role app_user'
        WHEN count(c.oid) = 0 THEN 'there is no table public.security_audit'
        ELSE coalesce('may ' || string_agg(may.list, ', '), 'no UPDATE, no DELETE, no TRUNCATE')
    END AS detail
FROM (VALUES ('app_user', 'public.security_audit')) AS expected (role_name, table_name)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = expected.role_name
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = to_regclass(expected.table_name)
CROSS JOIN LATERAL (
    SELECT string_agg(privilege, ', ') AS list
    FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
    WHERE has_table_privilege(r.oid, c.oid, privilege)
) AS may;

-- One row: PUBLIC holds nothing.
SELECT
    'PUBLIC holds nothing on the core' AS check_name,
    count(c.oid) = 10 AND count(*) FILTER (WHERE open.to_all) = 0 AS ok,
    CASE
        WHEN count(c.oid) < 10 THEN count(c.oid) || ' of 10 are there'
        ELSE coalesce(
            'open to everybody: ' || string_agg(expected.relation_name, ', ') FILTER (WHERE open.to_all),
            'no privilege on any of the 10'
        )
    END AS detail
FROM (
    VALUES
        ('public.users'), ('public.images'), ('public.analysis_results'), ('public.processing_queue'),
        ('public.api_keys'), ('public.security_audit'), ('public.user_activity_summary'),
        ('public.queue_status_summary'), ('public.image_analysis_status'), ('public.recent_audit_events')
) AS expected (relation_name)
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = to_regclass(expected.relation_name)
CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM aclexplode(c.relacl) AS a WHERE a.grantee = 0) AS to_all
) AS open;
