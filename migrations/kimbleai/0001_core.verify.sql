-- Is the core there? 15 checks: a table each.

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
        ('T1', 'public.users', ARRAY[
            'id text', 'email text', 'name text', 'role text', 'avatar_url text', 'permissions jsonb',
            'preferences jsonb', 'metadata jsonb', 'created_at timestamptz', 'updated_at timestamptz']),
        ('T2', 'public.user_tokens', ARRAY[
            'id uuid', 'user_id text', 'provider text', 'access_token text', 'refresh_token text', 'scope text[]',
            'expires_at timestamptz', 'updated_at timestamptz']),
        ('T3', 'public.user_activity_log', ARRAY[
            'id bigint', 'user_id text', 'activity text', 'detail jsonb', 'created_at timestamptz']),
        ('T5', 'public.projects', ARRAY[
            'id text', 'owner_id text', 'parent_project_id text', 'name text', 'description text', 'status text',
            'priority text', 'tags text[]', 'metadata jsonb', 'stats jsonb', 'created_at timestamptz',
            'updated_at timestamptz']),
        ('T6', 'public.project_collaborators', ARRAY[
            'project_id text', 'user_id text', 'role text', 'added_at timestamptz']),
        ('T7', 'public.project_tasks', ARRAY[
            'id uuid', 'project_id text', 'assignee_id text', 'title text', 'status text', 'priority text',
            'due_on date', 'created_at timestamptz', 'completed_at timestamptz']),
        ('T8', 'public.project_tags', ARRAY[
            'project_id text', 'tag text', 'color text']),
        ('T9', 'public.conversations', ARRAY[
            'id text', 'user_id text', 'project_id text', 'title text', 'status text', 'message_count integer',
            'last_message_at timestamptz', 'created_at timestamptz', 'updated_at timestamptz']),
        ('T10', 'public.messages', ARRAY[
            'id text', 'conversation_id text', 'user_id text', 'role text', 'content text',
            'embedding vector(1536)', 'tokens_used integer', 'metadata jsonb', 'created_at timestamptz']),
        ('T11', 'public.conversation_summaries', ARRAY[
            'id uuid', 'conversation_id text', 'summary text', 'message_count integer', 'model text',
            'created_at timestamptz']),
        ('T12', 'public.knowledge_base', ARRAY[
            'id uuid', 'user_id text', 'source_type text', 'source_id text', 'category text', 'title text',
            'content text', 'embedding vector(1536)', 'importance real', 'tags text[]', 'metadata jsonb',
            'created_at timestamptz', 'updated_at timestamptz']),
        ('T13', 'public.memory_chunks', ARRAY[
            'id uuid', 'user_id text', 'conversation_id text', 'message_id text', 'content text', 'chunk_type text',
            'embedding vector(1536)', 'importance real', 'created_at timestamptz']),
        ('T14', 'public.message_references', ARRAY[
            'id bigint', 'message_id text', 'reference_type text', 'reference_id text', 'excerpt text',
            'position integer', 'created_at timestamptz']),
        ('T15', 'public.indexed_files', ARRAY[
            'id uuid', 'user_id text', 'source text', 'path text', 'filename text', 'mime_type text',
            'size_bytes bigint', 'content_hash text', 'chunk_count integer', 'indexed_at timestamptz']),
        ('T16', 'public.audio_transcriptions', ARRAY[
            'id uuid', 'user_id text', 'filename text', 'file_size bigint', 'duration_seconds numeric(10,2)',
            'language text', 'text text', 'segments jsonb', 'model text', 'created_at timestamptz'])
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
