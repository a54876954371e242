-- Does the database say what things are for? 24 checks:
-- twenty tables and views, the schema, the function, and the columns of two schemas.

-- A row per table and view: it has a comment.
SELECT
    'comment on ' || expected.relation_name AS check_name,
    length(obj_description(to_regclass(expected.relation_name), 'pg_class')) > 0 IS TRUE AS ok,
    coalesce(obj_description(to_regclass(expected.relation_name), 'pg_class'), 'no comment') AS detail
FROM (
    VALUES
        ('skin_twin.formulations'),
        ('skin_twin.formulation_history'),
        ('skin_twin.audit_log'),
        ('skin_twin.hypergraph_nodes'),
        ('skin_twin.hypergraph_edges'),
        ('skin_twin.hypergraph_node_stats'),
        ('skin_twin.formulation_versions'),
        ('skin_twin.edge_type_stats'),
        ('public.ingredients'),
        ('public.hypergraph_nodes'),
        ('public.hypergraph_edges'),
        ('public.hypergraph_analysis'),
        ('public.hypergraph_node_analytics'),
        ('public.ceo_task_log'),
        ('public.formulation_optimization_history'),
        ('public.interface_completeness_tracking'),
        ('public.jax_model_registry'),
        ('public.multiscale_fields'),
        ('public.repository_improvements'),
        ('public.type_safety_logs')
) AS expected (relation_name);

-- One row: the schema has a comment.
SELECT
    'comment on schema skin_twin' AS check_name,
    count(comment) = 1 AS ok,
    coalesce(min(comment), 'no comment') AS detail
FROM pg_catalog.pg_namespace AS n
CROSS JOIN LATERAL obj_description(n.oid, 'pg_namespace') AS comment
WHERE n.nspname = 'skin_twin';

-- One row: the trigger function has a comment.
SELECT
    'comment on function skin_twin.update_timestamp' AS check_name,
    comment IS NOT NULL AS ok,
    coalesce(comment, 'no comment') AS detail
FROM obj_description(to_regprocedure('skin_twin.update_timestamp()'), 'pg_proc') AS comment;

-- A row per schema: the columns that do not speak for themselves have a comment.
SELECT
    'comments on columns of ' || expected.schema_name AS check_name,
    count(col_description(a.attrelid, a.attnum)) = count(*) AS ok,
    coalesce(
        'missing on ' || string_agg(expected.table_name || '.' || expected.column_name, ', ')
            FILTER (WHERE col_description(a.attrelid, a.attnum) IS NULL),
        count(*) || ' columns'
    ) AS detail
FROM (
    VALUES
        ('skin_twin', 'formulations', 'created_by'),
        ('skin_twin', 'formulations', 'ingredients'),
        ('skin_twin', 'formulations', 'properties'),
        ('skin_twin', 'formulation_history', 'version'),
        ('skin_twin', 'formulation_history', 'changes'),
        ('skin_twin', 'audit_log', 'entity_id'),
        ('skin_twin', 'audit_log', 'user_id'),
        ('skin_twin', 'hypergraph_nodes', 'updated_at'),
        ('skin_twin', 'hypergraph_edges', 'source_id'),
        ('skin_twin', 'hypergraph_edges', 'target_id'),
        ('skin_twin', 'hypergraph_edges', 'weight'),
        ('skin_twin', 'hypergraph_edges', 'updated_at'),
        ('public', 'ingredients', 'inci_name'),
        ('public', 'ingredients', 'max_concentration'),
        ('public', 'hypergraph_edges', 'weight'),
        ('public', 'hypergraph_analysis', 'density'),
        ('public', 'ceo_task_log', 'execution_time_ms'),
        ('public', 'formulation_optimization_history', 'final_objective'),
        ('public', 'interface_completeness_tracking', 'completeness'),
        ('public', 'multiscale_fields', 'field_values')
) AS expected (schema_name, table_name, column_name)
LEFT JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = to_regclass(expected.schema_name || '.' || expected.table_name)
    AND a.attname = expected.column_name
GROUP BY expected.schema_name;
