-- Does content have categories? 4 checks: a table each.

-- A row per table: category_id is there, has an index that begins with it, and refers to content_categories.
SELECT
    expected.number || ' ' || expected.table_name || '.category_id' AS check_name,
    a.attnum IS NOT NULL AND i.name IS NOT NULL AND k.name IS NOT NULL AS ok,
    CASE
        WHEN a.attnum IS NULL THEN 'there is no such column'
        ELSE coalesce('index ' || i.name, 'no index') || ', ' || coalesce(k.name, 'no foreign key')
    END AS detail
FROM (
    VALUES
        ('C42', 'public.projects', 'idx_projects_category'),
        ('C43', 'public.conversations', 'idx_conversations_category'),
        ('C44', 'public.knowledge_base', 'idx_knowledge_base_category_id'),
        ('C45', 'public.audio_transcriptions', 'idx_audio_transcriptions_category')
) AS expected (number, table_name, index_name)
LEFT JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = to_regclass(expected.table_name)
    AND a.attname = 'category_id'
    AND a.atttypid = 'text'::regtype
    AND NOT a.attisdropped
LEFT JOIN LATERAL (
    SELECT expected.index_name AS name
    FROM pg_catalog.pg_index
    WHERE indexrelid = to_regclass('public.' || expected.index_name)
        AND indrelid = a.attrelid
        AND indkey[0] = a.attnum
        AND indisvalid
) AS i ON true
LEFT JOIN LATERAL (
    SELECT conname AS name
    FROM pg_catalog.pg_constraint
    WHERE contype = 'f'
        AND conrelid = a.attrelid
        AND conkey = ARRAY[a.attnum]
        AND confrelid = to_regclass('public.content_categories')
) AS k ON true;
