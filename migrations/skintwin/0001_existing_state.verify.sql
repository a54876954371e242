-- Is everything there that the assessment found? 34 checks: 14 tables, 2 views, 5 indexes, 10 constraints, 3 others.

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
        ('skin_twin.formulations', ARRAY[
            'id varchar(50)', 'name varchar(255)', 'description text', 'status varchar(50)', 'created_by varchar(100)',
            'ingredients jsonb', 'properties jsonb', 'metadata jsonb', 'created_at timestamp', 'updated_at timestamp']),
        ('skin_twin.formulation_history', ARRAY[
            'id integer', 'formulation_id varchar(50)', 'version integer', 'change_type varchar(50)', 'changes jsonb',
            'changed_by varchar(100)', 'description text', 'changed_at timestamp']),
        ('skin_twin.audit_log', ARRAY[
            'id integer', 'entity_type varchar(50)', 'entity_id varchar(50)', 'action varchar(50)',
            'user_id varchar(100)', 'changes jsonb', 'metadata jsonb', 'timestamp timestamp']),
        ('public.ingredients', ARRAY[
            'id integer', 'inci_name varchar(255)', 'cas_number varchar(20)', 'category varchar(50)',
            'functions text[]', 'safety_level varchar(20)', 'max_concentration numeric(6,3)', 'properties jsonb',
            'created_at timestamp']),
        ('public.hypergraph_nodes', ARRAY[
            'id varchar(50)', 'node_type varchar(50)', 'label varchar(255)', 'properties jsonb',
            'created_at timestamp']),
        ('public.hypergraph_edges', ARRAY[
            'id integer', 'edge_type varchar(50)', 'source_id varchar(50)', 'target_id varchar(50)',
            'weight numeric(10,4)', 'properties jsonb', 'created_at timestamp']),
        ('public.hypergraph_analysis', ARRAY[
            'id integer', 'analysis_type varchar(50)', 'node_count integer', 'edge_count integer',
            'density numeric(8,6)', 'result jsonb', 'created_at timestamp']),
        ('public.ceo_task_log', ARRAY[
            'id integer', 'task_id varchar(100)', 'task_type varchar(50)', 'priority varchar(20)',
            'status varchar(20)', 'input jsonb', 'result jsonb', 'error_message text', 'execution_time_ms integer',
            'created_at timestamp', 'started_at timestamp', 'completed_at timestamp']),
        ('public.formulation_optimization_history', ARRAY[
            'id integer', 'formulation_id varchar(50)', 'method varchar(50)', 'initial_objective real',
            'final_objective real', 'iterations integer', 'converged boolean', 'parameters jsonb',
            'created_at timestamp']),
        ('public.interface_completeness_tracking', ARRAY[
            'id integer', 'interface_name varchar(255)', 'file_path text', 'total_members integer',
            'implemented_members integer', 'completeness numeric(5,2)', 'checked_at timestamp']),
        ('public.jax_model_registry', ARRAY[
            'id integer', 'model_name varchar(255)', 'version varchar(50)', 'model_type varchar(50)',
            'architecture jsonb', 'performance jsonb', 'status varchar(20)', 'created_at timestamp',
            'updated_at timestamp']),
        ('public.multiscale_fields', ARRAY[
            'id integer', 'field_name varchar(100)', 'scale varchar(20)', 'field_values jsonb', 'unit varchar(30)',
            'formulation_id varchar(50)', 'created_at timestamp']),
        ('public.repository_improvements', ARRAY[
            'id integer', 'area varchar(100)', 'title varchar(255)', 'description text', 'priority varchar(20)',
            'status varchar(20)', 'created_at timestamp', 'completed_at timestamp']),
        ('public.type_safety_logs', ARRAY[
            'id integer', 'file_path text', 'rule varchar(100)', 'severity varchar(20)', 'message text',
            'resolved boolean', 'created_at timestamp'])
) AS expected (table_name, columns)
CROSS JOIN LATERAL (
    SELECT string_agg(wanted, ', ') AS list
    FROM unnest(expected.columns) AS wanted
    WHERE NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_attribute AS a
        CROSS JOIN LATERAL format_type(a.atttypid, a.atttypmod) AS type_name
        WHERE a.attrelid = to_regclass(expected.table_name)
            AND a.attnum > 0
            AND NOT a.attisdropped
            AND a.attname || ' ' || replace(
                replace(type_name, 'character varying', 'varchar'), 'timestamp without time zone', 'timestamp'
            ) = wanted
    )
) AS missing;

-- A row per view: its columns by name, in order.
SELECT
    'view ' || expected.view_name AS check_name,
    found.columns IS NOT DISTINCT FROM expected.columns AS ok,
    coalesce(found.columns, 'there is no such view') AS detail
FROM (
    VALUES
        ('skin_twin.hypergraph_node_stats', 'id, node_type, label, edge_count, avg_weight, max_weight, min_weight'),
        ('public.hypergraph_node_analytics', 'id, node_type, label, in_degree, out_degree, total_weight')
) AS expected (view_name, columns)
CROSS JOIN LATERAL (
    SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) AS columns
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.oid = to_regclass(expected.view_name)
        AND c.relkind = 'v'
) AS found;

-- A row per index: it stands on the columns it should, and is valid.
SELECT
    'index skin_twin.' || expected.index_name AS check_name,
    coalesce(i.indisvalid, false)
        AND i.indrelid = to_regclass(expected.table_name)
        AND found.columns = expected.columns AS ok,
    CASE
        WHEN i.indexrelid IS NULL THEN 'there is no such index'
        WHEN NOT i.indisvalid THEN 'the index is not valid: build it again'
        ELSE 'on ' || i.indrelid::regclass || ' (' || found.columns || ')'
    END AS detail
FROM (
    VALUES
        ('idx_formulations_status', 'skin_twin.formulations', 'status'),
        ('idx_formulations_created_at', 'skin_twin.formulations', 'created_at'),
        ('idx_formulation_history_changed_at', 'skin_twin.formulation_history', 'changed_at'),
        ('idx_audit_log_entity', 'skin_twin.audit_log', 'entity_type, entity_id'),
        ('idx_audit_log_timestamp', 'skin_twin.audit_log', 'timestamp')
) AS expected (index_name, table_name, columns)
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = to_regclass('skin_twin.' || expected.index_name)
CROSS JOIN LATERAL (
    SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) AS columns
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = i.indexrelid
) AS found;

-- A row per foreign key and unique constraint: it is there and holds for every row.
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
        ('skin_twin.formulation_history', 'formulation_history_formulation_id_fkey', 'f'),
        ('skin_twin.formulation_history', 'formulation_history_formulation_id_version_key', 'u'),
        ('skin_twin.formulation_history', 'formulation_history_version_check', 'c'),
        ('skin_twin.formulations', 'formulations_status_check', 'c'),
        ('public.hypergraph_edges', 'hypergraph_edges_source_id_fkey', 'f'),
        ('public.hypergraph_edges', 'hypergraph_edges_target_id_fkey', 'f'),
        ('public.ingredients', 'ingredients_inci_name_key', 'u'),
        ('public.ingredients', 'ingredients_max_concentration_check', 'c'),
        ('public.ceo_task_log', 'ceo_task_log_task_id_key', 'u'),
        ('public.jax_model_registry', 'jax_model_registry_model_name_version_key', 'u')
) AS expected (table_name, constraint_name, kind)
LEFT JOIN pg_catalog.pg_constraint AS c
    ON c.conrelid = to_regclass(expected.table_name)
    AND c.conname = expected.constraint_name
    AND c.contype = expected.kind::"char";

-- One row: each of the fourteen tables has its primary key.
SELECT
    'primary keys' AS check_name,
    count(*) = 14 AS ok,
    count(*) || ' of 14 tables have one' AS detail
FROM pg_catalog.pg_constraint AS c
WHERE c.contype = 'p'
    AND c.conrelid IN (
        to_regclass('skin_twin.formulations'), to_regclass('skin_twin.formulation_history'),
        to_regclass('skin_twin.audit_log'), to_regclass('public.ingredients'),
        to_regclass('public.hypergraph_nodes'), to_regclass('public.hypergraph_edges'),
        to_regclass('public.hypergraph_analysis'), to_regclass('public.ceo_task_log'),
        to_regclass('public.formulation_optimization_history'),
        to_regclass('public.interface_completeness_tracking'), to_regclass('public.jax_model_registry'),
        to_regclass('public.multiscale_fields'), to_regclass('public.repository_improvements'),
        to_regclass('public.type_safety_logs')
    );

-- One row: completeness is computed by the database.
SELECT
    'completeness is generated' AS check_name,
    count(*) = 1 AS ok,
    CASE count(*) WHEN 1 THEN 'stored with each row' ELSE 'no generated column of that name' END AS detail
FROM pg_catalog.pg_attribute AS a
WHERE a.attrelid = to_regclass('public.interface_completeness_tracking')
    AND a.attname = 'completeness'
    AND a.attgenerated = 's';

-- One row: columns with a fixed set of words refuse any other.
SELECT
    'allowed values' AS check_name,
    count(*) = 7 AS ok,
    count(*) || ' of 7 constraints on the words for status, priority, type, scale and severity in public' AS detail
FROM (
    VALUES
        ('public.ceo_task_log', 'ceo_task_log_task_type_check'),
        ('public.ceo_task_log', 'ceo_task_log_priority_check'),
        ('public.ceo_task_log', 'ceo_task_log_status_check'),
        ('public.jax_model_registry', 'jax_model_registry_status_check'),
        ('public.multiscale_fields', 'multiscale_fields_scale_check'),
        ('public.repository_improvements', 'repository_improvements_status_check'),
        ('public.type_safety_logs', 'type_safety_logs_severity_check')
) AS expected (table_name, constraint_name)
JOIN pg_catalog.pg_constraint AS c
    ON c.conrelid = to_regclass(expected.table_name)
    AND c.conname = expected.constraint_name
    AND c.convalidated;
