-- Did the synchronisation arrive? 16 checks, after the verification section of the report.

-- One row: the five base tables, by the query of the report.
SELECT
    'base tables of skin_twin' AS check_name,
    count(*) = 5 AS ok,
    coalesce(string_agg(table_name, ', ' ORDER BY table_name), 'none found') AS detail
FROM information_schema.tables
WHERE table_schema = 'skin_twin'
    AND table_type = 'BASE TABLE'
    AND table_name IN (
        'audit_log', 'formulation_history', 'formulations', 'hypergraph_edges', 'hypergraph_nodes'
    );

-- One row: the three views, by the query of the report.
SELECT
    'views of skin_twin' AS check_name,
    count(*) = 3 AS ok,
    coalesce(string_agg(table_name, ', ' ORDER BY table_name), 'none found') AS detail
FROM information_schema.tables
WHERE table_schema = 'skin_twin'
    AND table_type = 'VIEW'
    AND table_name IN ('edge_type_stats', 'formulation_versions', 'hypergraph_node_stats');

-- A row per index: it stands on the column it should, and is valid.
SELECT
    'index skin_twin.' || expected.index_name AS check_name,
    coalesce(i.indisvalid, false)
        AND i.indrelid = to_regclass(expected.table_name)
        AND a.attname = expected.column_name
        AND (i.indoption[0] & 1 = 1) = expected.descending AS ok,
    CASE
        WHEN i.indexrelid IS NULL THEN 'there is no such index'
        WHEN NOT i.indisvalid THEN 'the index is not valid: build it again'
        ELSE 'on ' || i.indrelid::regclass || ' (' || a.attname
            || CASE WHEN i.indoption[0] & 1 = 1 THEN ' DESC)' ELSE ')' END
    END AS detail
FROM (
    VALUES
        ('idx_hypergraph_nodes_type', 'skin_twin.hypergraph_nodes', 'node_type', false),
        ('idx_hypergraph_nodes_label', 'skin_twin.hypergraph_nodes', 'label', false),
        ('idx_hypergraph_edges_type', 'skin_twin.hypergraph_edges', 'edge_type', false),
        ('idx_hypergraph_edges_source', 'skin_twin.hypergraph_edges', 'source_id', false),
        ('idx_hypergraph_edges_target', 'skin_twin.hypergraph_edges', 'target_id', false),
        ('idx_hypergraph_edges_weight', 'skin_twin.hypergraph_edges', 'weight', true)
) AS expected (index_name, table_name, column_name, descending)
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = to_regclass('skin_twin.' || expected.index_name)
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indexrelid AND a.attnum = 1;

-- One row: no two indexes of the two tables are the same but for their names.
SELECT
    'no duplicate index' AS check_name,
    count(*) > 0 AND count(*) = count(DISTINCT shape) AS ok,
    count(*) || ' indexes, ' || count(DISTINCT shape) || ' different ones' AS detail
FROM (
    SELECT
        concat_ws(
            ' | ', i.indrelid, c.relam, i.indkey, i.indclass, i.indcollation, i.indoption,
            coalesce(pg_get_expr(i.indexprs, i.indrelid), '-'), coalesce(pg_get_expr(i.indpred, i.indrelid), '-')
        ) AS shape
    FROM pg_catalog.pg_index AS i
    JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
    WHERE i.indrelid IN (to_regclass('skin_twin.hypergraph_nodes'), to_regclass('skin_twin.hypergraph_edges'))
) AS indexes;

-- One row: an index that no constraint owns is called idx_, its table, and what it is on.
SELECT
    'index names' AS check_name,
    count(*) > 0 AND bool_and(starts_with(c.relname, 'idx_' || t.relname || '_')) AS ok,
    coalesce(string_agg(c.relname, ', ' ORDER BY c.relname), 'there is no index') AS detail
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
WHERE i.indrelid IN (to_regclass('skin_twin.hypergraph_nodes'), to_regclass('skin_twin.hypergraph_edges'))
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS k WHERE k.conindid = c.oid);

-- One row: the trigger function.
SELECT
    'function skin_twin.update_timestamp' AS check_name,
    count(*) = 1 AS ok,
    coalesce(min('returns ' || format_type(p.prorettype, NULL)), 'there is no such function') AS detail
FROM pg_catalog.pg_proc AS p
WHERE p.oid = to_regprocedure('skin_twin.update_timestamp()')
    AND p.prorettype = 'trigger'::regtype;

-- A row per trigger: attached to its table, enabled, and BEFORE UPDATE FOR EACH ROW.
-- In tgtype that is 1 (row) + 2 (before) + 16 (update).
SELECT
    'trigger ' || expected.trigger_name AS check_name,
    coalesce(
        t.tgtype = 19
            AND t.tgenabled IN ('O', 'A')
            AND t.tgfoid = to_regprocedure('skin_twin.update_timestamp()'),
        false
    ) AS ok,
    CASE
        WHEN t.oid IS NULL THEN 'there is no such trigger on ' || expected.table_name
        WHEN t.tgenabled NOT IN ('O', 'A') THEN 'disabled on ' || expected.table_name
        WHEN t.tgtype <> 19 THEN 'not a BEFORE UPDATE trigger for each row'
        ELSE 'on ' || expected.table_name || ', enabled'
    END AS detail
FROM (
    VALUES
        ('update_hypergraph_nodes_timestamp', 'skin_twin.hypergraph_nodes'),
        ('update_hypergraph_edges_timestamp', 'skin_twin.hypergraph_edges')
) AS expected (trigger_name, table_name)
LEFT JOIN pg_catalog.pg_trigger AS t
    ON t.tgrelid = to_regclass(expected.table_name)
    AND t.tgname = expected.trigger_name;

-- One row: created_at and updated_at of both tables are now by default, an edge weighs 1.0.
SELECT
    'defaults' AS check_name,
    count(*) = 5 AS ok,
    count(*) || ' of 5 defaults as in the report' AS detail
FROM (
    VALUES
        ('skin_twin.hypergraph_nodes', 'created_at', 'now()'),
        ('skin_twin.hypergraph_nodes', 'updated_at', 'now()'),
        ('skin_twin.hypergraph_edges', 'created_at', 'now()'),
        ('skin_twin.hypergraph_edges', 'updated_at', 'now()'),
        ('skin_twin.hypergraph_edges', 'weight', '1.0')
) AS expected (table_name, column_name, default_text)
JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = to_regclass(expected.table_name)
    AND a.attname = expected.column_name
JOIN pg_catalog.pg_attrdef AS d
    ON d.adrelid = a.attrelid
    AND d.adnum = a.attnum
    AND pg_get_expr(d.adbin, d.adrelid) = expected.default_text;

-- A row per table: properties is jsonb.
SELECT
    'properties of ' || expected.table_name AS check_name,
    a.atttypid IS NOT DISTINCT FROM 'jsonb'::regtype AS ok,
    coalesce(format_type(a.atttypid, a.atttypmod), 'there is no such column') AS detail
FROM (VALUES ('skin_twin.hypergraph_nodes'), ('skin_twin.hypergraph_edges')) AS expected (table_name)
LEFT JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = to_regclass(expected.table_name)
    AND a.attname = 'properties'
    AND NOT a.attisdropped;
