-- Is the first version there? 51 checks:
-- 11 tables, 19 indexes, 6 run_ids, 9 uuid defaults, 5 check constraints, and the primary keys.

-- A row per table: every expected column is there with its type. Columns added later do no harm.
SELECT
    'table ' || expected.table_name AS check_name,
    missing.list IS NULL AS ok,
    CASE
        WHEN to_regclass('public.' || expected.table_name) IS NULL THEN 'there is no such table'
        ELSE coalesce('missing: ' || missing.list, 'all ' || cardinality(expected.columns) || ' columns')
    END AS detail
FROM (
    VALUES
        ('simulation_runs', ARRAY[
            'run_id uuid', 'simulation_type varchar(50)', 'configuration jsonb', 'status varchar(20)',
            'run_timestamp timestamptz', 'duration_seconds numeric(10,2)', 'created_at timestamptz']),
        ('agent_simulation_results', ARRAY[
            'result_id uuid', 'run_id uuid', 'time_steps integer', 'total_agents integer', 'total_workload integer',
            'average_efficiency numeric(5,4)', 'total_interactions integer', 'metrics jsonb',
            'created_at timestamptz']),
        ('discrete_event_results', ARRAY[
            'result_id uuid', 'run_id uuid', 'simulation_duration numeric(10,2)', 'total_cases integer',
            'closed_cases integer', 'average_duration numeric(10,2)', 'closure_rate numeric(5,2)',
            'total_events integer', 'hearings_conducted integer', 'rulings_issued integer', 'metrics jsonb',
            'created_at timestamptz']),
        ('system_dynamics_results', ARRAY[
            'result_id uuid', 'run_id uuid', 'simulation_duration numeric(10,2)', 'time_step numeric(10,2)',
            'system_efficiency numeric(10,2)', 'average_cycle_time numeric(10,2)', 'total_cases_filed numeric(10,2)',
            'total_cases_closed numeric(10,2)', 'average_wip numeric(10,2)', 'final_stocks jsonb', 'metrics jsonb',
            'created_at timestamptz']),
        ('hypergnn_results', ARRAY[
            'result_id uuid', 'run_id uuid', 'num_nodes integer', 'num_hyperedges integer', 'num_communities integer',
            'avg_node_degree numeric(10,4)', 'avg_edge_size numeric(10,4)', 'communities jsonb',
            'link_predictions jsonb', 'metrics jsonb', 'created_at timestamptz']),
        ('case_llm_results', ARRAY[
            'result_id uuid', 'run_id uuid', 'case_id varchar(100)', 'model_name varchar(50)',
            'predicted_outcome varchar(50)', 'confidence numeric(5,4)', 'evidence_quality numeric(5,4)',
            'legal_merit numeric(5,4)', 'precedent_support numeric(5,4)', 'entities jsonb', 'summary text',
            'metrics jsonb', 'created_at timestamptz']),
        ('hypergraph_nodes', ARRAY[
            'node_id varchar(100)', 'node_type varchar(50)', 'case_id varchar(100)', 'attributes jsonb',
            'embedding double precision[]', 'community_id integer', 'created_at timestamptz',
            'updated_at timestamptz']),
        ('hypergraph_edges', ARRAY[
            'edge_id varchar(100)', 'edge_type varchar(50)', 'case_id varchar(100)', 'node_ids text[]',
            'weight numeric(5,4)', 'attributes jsonb', 'created_at timestamptz']),
        ('case_analysis_metadata', ARRAY[
            'analysis_id uuid', 'case_id varchar(100)', 'case_number varchar(100)', 'analysis_types text[]',
            'status varchar(20)', 'summary text', 'insights jsonb', 'analysis_timestamp timestamptz',
            'created_at timestamptz']),
        ('simulation_insights', ARRAY[
            'insight_id uuid', 'run_id uuid', 'insight_type varchar(50)', 'insight_category varchar(50)',
            'insight_text text', 'confidence numeric(5,4)', 'supporting_data jsonb', 'created_at timestamptz']),
        ('performance_metrics', ARRAY[
            'metric_id uuid', 'metric_name varchar(100)', 'metric_value numeric(15,4)', 'metric_unit varchar(50)',
            'context jsonb', 'measurement_timestamp timestamptz', 'created_at timestamptz'])
) AS expected (table_name, columns)
CROSS JOIN LATERAL (
    SELECT string_agg(wanted, ', ') AS list
    FROM unnest(expected.columns) AS wanted
    WHERE NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_attribute AS a
        CROSS JOIN LATERAL format_type(a.atttypid, a.atttypmod) AS type_name
        WHERE a.attrelid = to_regclass('public.' || expected.table_name)
            AND a.attnum > 0
            AND NOT a.attisdropped
            AND a.attname || ' ' || replace(
                replace(type_name, 'character varying', 'varchar'), 'timestamp with time zone', 'timestamptz'
            ) = wanted
    )
) AS missing;

-- A row per index: it stands on the column it should, and is valid.
SELECT
    'index ' || expected.index_name AS check_name,
    coalesce(i.indisvalid, false)
        AND i.indrelid = to_regclass('public.' || expected.table_name)
        AND found.columns = expected.columns AS ok,
    CASE
        WHEN i.indexrelid IS NULL THEN 'there is no such index'
        WHEN NOT i.indisvalid THEN 'the index is not valid: build it again'
        ELSE 'on ' || i.indrelid::regclass || ' (' || found.columns || ')'
    END AS detail
FROM (
    VALUES
        ('idx_simulation_runs_type', 'simulation_runs', 'simulation_type'),
        ('idx_simulation_runs_timestamp', 'simulation_runs', 'run_timestamp'),
        ('idx_agent_results_run', 'agent_simulation_results', 'run_id'),
        ('idx_discrete_event_results_run', 'discrete_event_results', 'run_id'),
        ('idx_system_dynamics_results_run', 'system_dynamics_results', 'run_id'),
        ('idx_hypergnn_results_run', 'hypergnn_results', 'run_id'),
        ('idx_case_llm_results_run', 'case_llm_results', 'run_id'),
        ('idx_case_llm_results_case', 'case_llm_results', 'case_id'),
        ('idx_hypergraph_nodes_type', 'hypergraph_nodes', 'node_type'),
        ('idx_hypergraph_nodes_case', 'hypergraph_nodes', 'case_id'),
        ('idx_hypergraph_nodes_community', 'hypergraph_nodes', 'community_id'),
        ('idx_hypergraph_edges_type', 'hypergraph_edges', 'edge_type'),
        ('idx_hypergraph_edges_case', 'hypergraph_edges', 'case_id'),
        ('idx_case_analysis_case', 'case_analysis_metadata', 'case_id'),
        ('idx_case_analysis_timestamp', 'case_analysis_metadata', 'analysis_timestamp'),
        ('idx_simulation_insights_run', 'simulation_insights', 'run_id'),
        ('idx_simulation_insights_type', 'simulation_insights', 'insight_type'),
        ('idx_performance_metrics_name', 'performance_metrics', 'metric_name'),
        ('idx_performance_metrics_timestamp', 'performance_metrics', 'measurement_timestamp')
) AS expected (index_name, table_name, columns)
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = to_regclass('public.' || expected.index_name)
CROSS JOIN LATERAL (
    SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) AS columns
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = i.indexrelid
) AS found;

-- A row per table of a run's children: run_id is a uuid, refers to the run, goes with it, and is indexed.
SELECT
    'run_id of ' || expected.table_name AS check_name,
    found.faults = '' AS ok,
    CASE
        WHEN a.attnum IS NULL THEN 'there is no such column'
        ELSE coalesce(nullif(found.faults, ''), 'uuid, goes with its run, indexed')
    END AS detail
FROM (
    VALUES
        ('agent_simulation_results'), ('discrete_event_results'), ('system_dynamics_results'), ('hypergnn_results'),
        ('case_llm_results'), ('simulation_insights')
) AS expected (table_name)
LEFT JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = to_regclass('public.' || expected.table_name)
    AND a.attname = 'run_id'
CROSS JOIN LATERAL (
    SELECT concat_ws(
        ', ',
        CASE WHEN a.atttypid IS DISTINCT FROM 'uuid'::regtype THEN 'not a uuid' END,
        CASE WHEN NOT EXISTS (
            SELECT
            FROM pg_catalog.pg_constraint AS c
            WHERE c.conrelid = a.attrelid
                AND c.contype = 'f'
                AND c.conkey = ARRAY[a.attnum]
                AND c.confrelid = to_regclass('public.simulation_runs')
                AND c.confdeltype = 'c'
                AND c.convalidated
        ) THEN 'no foreign key to simulation_runs that cascades' END,
        CASE WHEN NOT EXISTS (
            SELECT
            FROM pg_catalog.pg_index AS i
            WHERE i.indrelid = a.attrelid
                AND i.indkey[0] = a.attnum
                AND i.indpred IS NULL
                AND i.indisvalid
        ) THEN 'no index' END
    ) AS faults
) AS found;

-- A row per table with a uuid for its key: the database gives one where the program does not.
SELECT
    'default of ' || expected.table_name || '.' || expected.column_name AS check_name,
    coalesce(pg_get_expr(d.adbin, d.adrelid) = 'gen_random_uuid()', false) AS ok,
    CASE
        WHEN a.attnum IS NULL THEN 'there is no such column'
        ELSE coalesce(pg_get_expr(d.adbin, d.adrelid), 'none')
    END AS detail
FROM (
    VALUES
        ('simulation_runs', 'run_id'),
        ('agent_simulation_results', 'result_id'),
        ('discrete_event_results', 'result_id'),
        ('system_dynamics_results', 'result_id'),
        ('hypergnn_results', 'result_id'),
        ('case_llm_results', 'result_id'),
        ('case_analysis_metadata', 'analysis_id'),
        ('simulation_insights', 'insight_id'),
        ('performance_metrics', 'metric_id')
) AS expected (table_name, column_name)
LEFT JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = to_regclass('public.' || expected.table_name)
    AND a.attname = expected.column_name
LEFT JOIN pg_catalog.pg_attrdef AS d
    ON d.adrelid = a.attrelid
    AND d.adnum = a.attnum;

-- A row per check constraint: it is there and holds for every row.
SELECT
    'constraint ' || expected.table_name || '_' || expected.column_name || '_check' AS check_name,
    coalesce(c.convalidated, false) AS ok,
    CASE
        WHEN c.oid IS NULL THEN 'there is no such constraint on ' || expected.table_name
        WHEN NOT c.convalidated THEN 'old rows have not been checked: VALIDATE CONSTRAINT'
        ELSE pg_get_expr(c.conbin, c.conrelid)
    END AS detail
FROM (
    VALUES
        ('simulation_runs', 'status'),
        ('case_llm_results', 'confidence'),
        ('case_llm_results', 'evidence_quality'),
        ('case_llm_results', 'legal_merit'),
        ('case_llm_results', 'precedent_support')
) AS expected (table_name, column_name)
LEFT JOIN pg_catalog.pg_constraint AS c
    ON c.conrelid = to_regclass('public.' || expected.table_name)
    AND c.conname = expected.table_name || '_' || expected.column_name || '_check'
    AND c.contype = 'c';

-- One row: each of the eleven tables has its primary key.
SELECT
    'primary keys' AS check_name,
    count(c.oid) = 11 AS ok,
    count(c.oid) || ' of 11 tables have one' AS detail
FROM (
    VALUES
        ('simulation_runs'), ('agent_simulation_results'), ('discrete_event_results'), ('system_dynamics_results'),
        ('hypergnn_results'), ('case_llm_results'), ('hypergraph_nodes'), ('hypergraph_edges'),
        ('case_analysis_metadata'), ('simulation_insights'), ('performance_metrics')
) AS expected (table_name)
LEFT JOIN pg_catalog.pg_constraint AS c
    ON c.conrelid = to_regclass('public.' || expected.table_name)
    AND c.contype = 'p';
