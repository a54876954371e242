-- Has dev become production? 36 checks: 1 type, 4 columns, 27 indexes, 2 of their properties, 2 of the view.

-- One row: the labels of the type, in their order.
SELECT
    'type public.node_status' AS check_name,
    coalesce(labels.list = 'draft_verbal, curated', false) AS ok,
    coalesce(labels.list, 'there is no such type') AS detail
FROM (
    SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) AS list
    FROM pg_catalog.pg_enum AS e
    WHERE e.enumtypid = to_regtype('public.node_status')
) AS labels;

-- A row per column: its type and its default. Where extension vector lives does not matter.
SELECT
    'column graph_nodes.' || expected.column_name AS check_name,
    coalesce(found.words = expected.words, false) AS ok,
    CASE
        WHEN a.attnum IS NULL THEN 'there is no such column'
        WHEN found.words <> expected.words THEN found.words || ', but expected was ' || expected.words
        ELSE found.words
    END AS detail
FROM (
    VALUES
        ('status', 'node_status by default draft_verbal'),
        ('embedding', 'vector(1536)'),
        ('embedding_generated_at', 'timestamp with time zone'),
        ('embedding_status', 'text by default pending')
) AS expected (column_name, words)
LEFT JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = to_regclass('public.graph_nodes')
    AND a.attname = expected.column_name
    AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
CROSS JOIN LATERAL (
    SELECT
        regexp_replace(format_type(a.atttypid, a.atttypmod), '^.*\.', '')
            || coalesce(' by default ' || (regexp_match(pg_get_expr(d.adbin, d.adrelid), '^''(.*)''::'))[1], '') AS words
) AS found;

-- A row per index: it is there, on its table and columns, and valid.
SELECT
    'index ' || expected.index_name AS check_name,
    coalesce(i.indisvalid AND i.indrelid = to_regclass(expected.table_name) AND found.words = expected.words, false) AS ok,
    CASE
        WHEN i.indexrelid IS NULL THEN 'there is no such index'
        WHEN NOT i.indisvalid THEN 'the index is not valid: build it again'
        WHEN found.words <> expected.words THEN found.words || ', but expected was ' || expected.words
        ELSE 'on ' || expected.table_name || ' ' || found.words
    END AS detail
FROM (
    VALUES
        ('public.graph_nodes', 'idx_graph_nodes_embedding', 'hnsw embedding'),
        ('public.graph_nodes', 'idx_graph_nodes_unique_user_type_label', 'btree user_id, node_type, label (partial)'),
        ('public.graph_nodes', 'idx_graph_nodes_user_id', 'btree user_id'),
        ('public.graph_nodes', 'idx_graph_nodes_type', 'btree node_type'),
        ('public.graph_nodes', 'idx_graph_nodes_user_type', 'btree user_id, node_type'),
        ('public.graph_nodes', 'idx_graph_nodes_status', 'btree status'),
        ('public.graph_nodes', 'idx_graph_nodes_user_status', 'btree user_id, status'),
        ('public.graph_nodes', 'idx_graph_nodes_user_type_status', 'btree user_id, node_type, status'),
        ('public.graph_nodes', 'idx_graph_nodes_created_at', 'btree created_at DESC'),
        ('public.graph_nodes', 'idx_graph_nodes_user_updated', 'btree user_id, updated_at DESC'),
        ('public.graph_nodes', 'idx_graph_nodes_properties', 'gin properties'),
        ('public.graph_nodes', 'idx_graph_nodes_category', 'btree (properties ->> ''category''::text) (partial)'),
        ('public.graph_nodes', 'idx_graph_nodes_priority', 'btree (properties ->> ''priority''::text) (partial)'),
        ('public.graph_nodes', 'idx_graph_nodes_label_fts', 'gin to_tsvector(''english''::regconfig, label)'),
        ('public.graph_nodes', 'idx_graph_nodes_embedding_status', 'btree embedding_status'),
        ('public.graph_nodes', 'idx_graph_nodes_embedding_queue', 'btree created_at (partial)'),
        ('public.graph_edges', 'idx_graph_edges_user_id', 'btree user_id'),
        ('public.graph_edges', 'idx_graph_edges_type', 'btree edge_type'),
        ('public.graph_edges', 'idx_graph_edges_user_type', 'btree user_id, edge_type'),
        ('public.graph_edges', 'idx_graph_edges_source', 'btree source_node_id'),
        ('public.graph_edges', 'idx_graph_edges_target', 'btree target_node_id'),
        ('public.graph_edges', 'idx_graph_edges_source_type', 'btree source_node_id, edge_type'),
        ('public.graph_edges', 'idx_graph_edges_target_type', 'btree target_node_id, edge_type'),
        ('public.graph_edges', 'idx_graph_edges_user_source_type', 'btree user_id, source_node_id, edge_type'),
        ('public.graph_edges', 'idx_graph_edges_temporal', 'btree valid_from, valid_to'),
        ('public.graph_edges', 'idx_graph_edges_active', 'btree user_id, edge_type (partial)'),
        ('public.graph_edges', 'idx_graph_edges_properties', 'gin properties')
) AS expected (table_name, index_name, words)
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = to_regclass('public.' || expected.index_name)
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
CROSS JOIN LATERAL (
    SELECT
        m.amname || ' ' || string_agg(
            pg_get_indexdef(i.indexrelid, place, true)
                || CASE WHEN i.indoption[place - 1] & 1 = 1 THEN ' DESC' ELSE '' END,
            ', ' ORDER BY place
        ) || CASE WHEN i.indpred IS NULL THEN '' ELSE ' (partial)' END AS words
    FROM generate_series(1, i.indnkeyatts) AS place
) AS found;

-- One row: no person may have the same goal twice.
SELECT
    'duplicates are refused' AS check_name,
    count(*) FILTER (WHERE i.indisunique AND i.indpred IS NOT NULL) = 1 AS ok,
    coalesce(
        min(CASE
            WHEN NOT i.indisunique THEN 'the index is not unique'
            ELSE 'unique' || coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), ', deleted nodes included')
        END),
        'there is no such index'
    ) AS detail
FROM pg_catalog.pg_index AS i
WHERE i.indexrelid = to_regclass('public.idx_graph_nodes_unique_user_type_label');

-- One row: the index of the embeddings measures by cosine, as the application does.
SELECT
    'embeddings are compared by cosine' AS check_name,
    count(*) FILTER (WHERE o.opcname = 'vector_cosine_ops') = 1 AS ok,
    coalesce(min('operator class ' || o.opcname), 'there is no such index') AS detail
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_opclass AS o ON o.oid = i.indclass[0]
WHERE i.indexrelid = to_regclass('public.idx_graph_nodes_embedding');

-- One row: the columns of the view, in their order.
SELECT
    'view graph_monitoring_dashboard' AS check_name,
    coalesce(found.list = expected.list, false) AS ok,
    CASE
        WHEN found.list IS NULL THEN 'there is no such view'
        WHEN found.list = expected.list THEN 'all 17 columns'
        ELSE found.list || ', but expected was ' || expected.list
    END AS detail
FROM (
    VALUES (
        'user_id, email, total_nodes, draft_nodes, curated_nodes, nodes_with_embeddings, pending_embeddings, '
        'generating_embeddings, failed_embeddings, embedding_coverage_pct, total_edges, unique_edge_types, '
        'avg_edges_per_node, last_node_created, last_edge_created, nodes_created_24h, edges_created_24h'
    )
) AS expected (list)
CROSS JOIN (
    SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) AS list
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.oid = to_regclass('public.graph_monitoring_dashboard')
        AND c.relkind = 'v'
) AS found;

-- One row: the view answers with a row for each person who has nodes.
-- ts_stat runs a query that is given as text; so a view that is not there is found missing, and is no error.
SELECT
    'graph_monitoring_dashboard answers' AS check_name,
    asked.is_there AND people.rows = answered.rows AS ok,
    CASE
        WHEN asked.is_there THEN answered.rows || ' rows for ' || people.rows || ' people with nodes'
        ELSE 'there is no such view'
    END AS detail
FROM (
    SELECT
        to_regclass('public.graph_monitoring_dashboard') IS NOT NULL AND to_regclass('public.graph_nodes') IS NOT NULL
) AS asked (is_there)
CROSS JOIN LATERAL (
    SELECT coalesce(sum(ndoc), 0) AS rows
    FROM ts_stat(
        CASE WHEN asked.is_there
            THEN 'SELECT ''row''::tsvector FROM public.graph_nodes WHERE deleted_at IS NULL GROUP BY user_id'
            ELSE 'SELECT ''''::tsvector'
        END
    )
) AS people
CROSS JOIN LATERAL (
    SELECT coalesce(sum(ndoc), 0) AS rows
    FROM ts_stat(
        CASE WHEN asked.is_there
            THEN 'SELECT ''row''::tsvector FROM public.graph_monitoring_dashboard WHERE total_nodes > 0'
            ELSE 'SELECT ''''::tsvector'
        END
    )
) AS answered;
