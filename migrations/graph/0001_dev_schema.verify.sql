-- Is everything there that dev had? 13 checks: 1 extension, 3 tables, 6 constraints, 1 function, 1 trigger, 1 other.

-- One row: the extension whose type the embeddings have.
SELECT
    'extension vector' AS check_name,
    count(e.oid) = 1 AS ok,
    coalesce(min('version ' || e.extversion || ' in schema ' || n.nspname), 'it is not installed in this database') AS detail
FROM pg_catalog.pg_extension AS e
JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.extname = 'vector';

-- A row per table: every column is there with its type. Columns added later do no harm.
SELECT
    'table ' || expected.table_name AS check_name,
    missing.list IS NULL AS ok,
    CASE
        WHEN to_regclass(expected.table_name) IS NULL THEN 'there is no such table'
        ELSE coalesce('missing: ' || missing.list, 'all ' || cardinality(expected.columns) || ' columns')
    END AS detail
FROM (
    VALUES
        ('public.profiles', ARRAY[
            'id uuid', 'email text', 'display_name text', 'created_at timestamp with time zone']),
        ('public.graph_nodes', ARRAY[
            'id uuid', 'user_id uuid', 'node_type text', 'label text', 'description text', 'properties jsonb',
            'created_at timestamp with time zone', 'updated_at timestamp with time zone',
            'deleted_at timestamp with time zone']),
        ('public.graph_edges', ARRAY[
            'id uuid', 'user_id uuid', 'source_node_id uuid', 'target_node_id uuid', 'edge_type text',
            'properties jsonb', 'valid_from timestamp with time zone', 'valid_to timestamp with time zone',
            'created_at timestamp with time zone'])
) AS expected (table_name, columns)
CROSS JOIN LATERAL (
    SELECT string_agg(wanted.word, ', ') AS list
    FROM unnest(expected.columns) AS wanted (word)
    WHERE NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = to_regclass(expected.table_name)
            AND a.attnum > 0
            AND NOT a.attisdropped
            AND a.attname || ' ' || format_type(a.atttypid, a.atttypmod) = wanted.word
    )
) AS missing;

-- A row per constraint: it stands on its table and says what it should.
SELECT
    'constraint ' || expected.constraint_name AS check_name,
    coalesce(k.convalidated AND k.conrelid = to_regclass(expected.table_name) AND said.words = expected.words, false) AS ok,
    CASE
        WHEN k.oid IS NULL THEN 'there is no such constraint on ' || expected.table_name
        WHEN NOT k.convalidated THEN 'not validated'
        ELSE said.words
    END AS detail
FROM (
    VALUES
        ('public.profiles', 'profiles_email_key', 'UNIQUE (email)'),
        ('public.graph_nodes', 'graph_nodes_user_id_fkey', 'FOREIGN KEY (user_id) to profiles, deleted with it'),
        ('public.graph_edges', 'graph_edges_user_id_fkey', 'FOREIGN KEY (user_id) to profiles, deleted with it'),
        ('public.graph_edges', 'graph_edges_source_node_id_fkey',
            'FOREIGN KEY (source_node_id) to graph_nodes, deleted with it'),
        ('public.graph_edges', 'graph_edges_target_node_id_fkey',
            'FOREIGN KEY (target_node_id) to graph_nodes, deleted with it'),
        ('public.graph_edges', 'graph_edges_check', 'CHECK ((valid_to > valid_from))')
) AS expected (table_name, constraint_name, words)
LEFT JOIN pg_catalog.pg_constraint AS k
    ON k.conrelid = to_regclass(expected.table_name)
    AND k.conname = expected.constraint_name
LEFT JOIN pg_catalog.pg_class AS r ON r.oid = k.confrelid
CROSS JOIN LATERAL (
    SELECT
        CASE k.contype
            WHEN 'f' THEN regexp_replace(pg_get_constraintdef(k.oid), ' REFERENCES .*', ' to ') || r.relname
                || CASE k.confdeltype WHEN 'c' THEN ', deleted with it' ELSE ', which keeps it from being deleted' END
            ELSE pg_get_constraintdef(k.oid)
        END AS words
) AS said;

-- One row: the trigger function.
SELECT
    'function public.set_updated_at' AS check_name,
    count(*) = 1 AS ok,
    coalesce(min('returns ' || format_type(p.prorettype, NULL)), 'there is no such function') AS detail
FROM pg_catalog.pg_proc AS p
WHERE p.oid = to_regprocedure('public.set_updated_at()')
    AND p.prorettype = 'trigger'::regtype;

-- One row: the trigger is attached, enabled, and BEFORE UPDATE FOR EACH ROW.
-- In tgtype that is 1 (row) + 2 (before) + 16 (update).
SELECT
    'trigger graph_nodes_set_updated_at' AS check_name,
    coalesce(
        t.tgtype = 19
            AND t.tgenabled IN ('O', 'A')
            AND t.tgfoid = to_regprocedure('public.set_updated_at()'),
        false
    ) AS ok,
    CASE
        WHEN t.oid IS NULL THEN 'there is no such trigger on ' || expected.table_name
        WHEN t.tgenabled NOT IN ('O', 'A') THEN 'disabled on ' || expected.table_name
        WHEN t.tgtype <> 19 THEN 'not a BEFORE UPDATE trigger for each row'
        ELSE 'on ' || expected.table_name || ', enabled'
    END AS detail
FROM (VALUES ('public.graph_nodes', 'graph_nodes_set_updated_at')) AS expected (table_name, trigger_name)
LEFT JOIN pg_catalog.pg_trigger AS t
    ON t.tgrelid = to_regclass(expected.table_name)
    AND t.tgname = expected.trigger_name;

-- One row: the nine columns that fill themselves.
SELECT
    'defaults of keys and times' AS check_name,
    count(*) = 9 AS ok,
    count(*) || ' of 9 defaults' AS detail
FROM (
    VALUES
        ('public.profiles', 'id', 'gen_random_uuid()'), ('public.profiles', 'created_at', 'now()'),
        ('public.graph_nodes', 'id', 'gen_random_uuid()'), ('public.graph_nodes', 'created_at', 'now()'),
        ('public.graph_nodes', 'updated_at', 'now()'), ('public.graph_edges', 'id', 'gen_random_uuid()'),
        ('public.graph_edges', 'created_at', 'now()'), ('public.graph_edges', 'valid_from', 'now()'),
        ('public.graph_nodes', 'properties', '''{}''::jsonb')
) AS expected (table_name, column_name, default_text)
JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = to_regclass(expected.table_name)
    AND a.attname = expected.column_name
JOIN pg_catalog.pg_attrdef AS d
    ON d.adrelid = a.attrelid
    AND d.adnum = a.attnum
    AND pg_get_expr(d.adbin, d.adrelid) = expected.default_text;
