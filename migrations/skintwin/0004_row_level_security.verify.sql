-- Is skin_twin closed to whom it should be? 26 checks: 3 roles, 5 tables, 11 policies, 3 views, 4 others.

-- A row per role: it exists.
SELECT
    'role ' || expected.role_name AS check_name,
    r.oid IS NOT NULL AS ok,
    CASE
        WHEN r.oid IS NULL THEN 'there is no such role'
        ELSE coalesce(shobj_description(r.oid, 'pg_authid'), 'was there before')
    END AS detail
FROM (VALUES ('anon'), ('authenticated'), ('service_role')) AS expected (role_name)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = expected.role_name;

-- A row per table: row-level security is on.
SELECT
    'row security on ' || expected.table_name AS check_name,
    coalesce(c.relrowsecurity, false) AS ok,
    CASE
        WHEN c.oid IS NULL THEN 'there is no such table'
        WHEN c.relrowsecurity THEN 'on'
        ELSE 'off: every role with a grant sees every row'
    END AS detail
FROM (
    VALUES
        ('skin_twin.formulations'), ('skin_twin.formulation_history'), ('skin_twin.audit_log'),
        ('skin_twin.hypergraph_nodes'), ('skin_twin.hypergraph_edges')
) AS expected (table_name)
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = to_regclass(expected.table_name);

-- A row per policy: its command, its role, and which of USING and WITH CHECK it has.
SELECT
    'policy ' || expected.policy_name AS check_name,
    coalesce(found.words = expected.words, false) AS ok,
    CASE
        WHEN p.policyname IS NULL THEN 'there is no such policy on skin_twin.' || expected.table_name
        WHEN found.words <> expected.words THEN found.words || ', but expected was ' || expected.words
        ELSE found.words
    END AS detail
FROM (
    VALUES
        ('formulations', 'formulations_read', 'SELECT to authenticated USING'),
        ('formulation_history', 'formulation_history_read', 'SELECT to authenticated USING'),
        ('audit_log', 'audit_log_read', 'SELECT to authenticated USING'),
        ('hypergraph_nodes', 'hypergraph_nodes_read', 'SELECT to authenticated USING'),
        ('hypergraph_edges', 'hypergraph_edges_read', 'SELECT to authenticated USING'),
        ('formulations', 'formulations_owner_write', 'ALL to authenticated USING WITH CHECK'),
        ('formulation_history', 'formulation_history_owner_insert', 'INSERT to authenticated WITH CHECK'),
        ('audit_log', 'audit_log_service_insert', 'INSERT to service_role WITH CHECK'),
        ('hypergraph_nodes', 'hypergraph_nodes_service_write', 'ALL to service_role USING WITH CHECK'),
        ('hypergraph_edges', 'hypergraph_edges_service_write', 'ALL to service_role USING WITH CHECK'),
        ('formulation_history', 'formulation_history_service_write', 'ALL to service_role USING WITH CHECK')
) AS expected (table_name, policy_name, words)
LEFT JOIN pg_catalog.pg_policies AS p
    ON p.schemaname = 'skin_twin'
    AND p.tablename = expected.table_name
    AND p.policyname = expected.policy_name
    AND p.permissive = 'PERMISSIVE'
CROSS JOIN LATERAL (
    SELECT concat_ws(
        ' ',
        p.cmd,
        'to ' || array_to_string(p.roles, ', '),
        CASE WHEN p.qual IS NOT NULL THEN 'USING' END,
        CASE WHEN p.with_check IS NOT NULL THEN 'WITH CHECK' END
    ) AS words
) AS found;

-- A row per view: it reads with the rights of whoever asks, so that it does not pass by the policies.
SELECT
    'security_invoker of ' || expected.view_name AS check_name,
    coalesce(c.reloptions @> ARRAY['security_invoker=true'], false) AS ok,
    CASE
        WHEN c.oid IS NULL THEN 'there is no such view'
        WHEN current_setting('server_version_num')::integer < 150000
            THEN 'PostgreSQL 14 has no security_invoker: the view bypasses row-level security'
        WHEN c.reloptions @> ARRAY['security_invoker=true'] THEN 'on'
        ELSE 'off: the view bypasses row-level security'
    END AS detail
FROM (
    VALUES
        ('skin_twin.hypergraph_node_stats'), ('skin_twin.formulation_versions'), ('skin_twin.edge_type_stats')
) AS expected (view_name)
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = to_regclass(expected.view_name) AND c.relkind = 'v';

-- One row: neither anon nor PUBLIC may enter the schema or holds a privilege in it.
SELECT
    'anon holds nothing in skin_twin' AS check_name,
    count(r.oid) = 1 AND count(n.oid) = 1 AND NOT coalesce(bool_or(
        has_schema_privilege(r.oid, n.oid, 'USAGE') OR has_schema_privilege(r.oid, n.oid, 'CREATE') OR held.list <> ''
    ), false) AS ok,
    CASE
        WHEN count(r.oid) = 0 THEN 'there is no role anon'
        WHEN count(n.oid) = 0 THEN 'there is no schema skin_twin'
        ELSE coalesce('may use: ' || nullif(max(held.list), ''), 'no privilege on any table, view or sequence')
    END AS detail
FROM (VALUES ('anon', 'skin_twin')) AS expected (role_name, schema_name)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = expected.role_name
LEFT JOIN pg_catalog.pg_namespace AS n ON n.nspname = expected.schema_name
CROSS JOIN LATERAL (
    SELECT coalesce(string_agg(DISTINCT c.relname, ', '), '') AS list
    FROM pg_catalog.pg_class AS c
    CROSS JOIN LATERAL aclexplode(c.relacl) AS a
    WHERE c.relnamespace = n.oid
        AND a.grantee IN (0, r.oid)
) AS held;

-- One row: authenticated may read all that the views need, and change formulations.
SELECT
    'grants of authenticated' AS check_name,
    count(*) FILTER (WHERE held) = 12 AS ok,
    count(*) FILTER (WHERE held) || ' of 12 privileges'
        || coalesce(', missing: ' || string_agg(privilege || ' on ' || relation_name, ', ') FILTER (WHERE NOT held), '')
        AS detail
FROM (
    VALUES
        ('skin_twin.formulations', 'SELECT'), ('skin_twin.formulations', 'INSERT'),
        ('skin_twin.formulations', 'UPDATE'), ('skin_twin.formulations', 'DELETE'),
        ('skin_twin.formulation_history', 'SELECT'), ('skin_twin.formulation_history', 'INSERT'),
        ('skin_twin.audit_log', 'SELECT'), ('skin_twin.hypergraph_nodes', 'SELECT'),
        ('skin_twin.hypergraph_edges', 'SELECT'), ('skin_twin.hypergraph_node_stats', 'SELECT'),
        ('skin_twin.formulation_versions', 'SELECT'), ('skin_twin.edge_type_stats', 'SELECT')
) AS expected (relation_name, privilege)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = 'authenticated'
CROSS JOIN LATERAL (
    SELECT coalesce(has_table_privilege(r.oid, to_regclass(relation_name), privilege), false) AS held
) AS right_held;

-- One row: service_role may write the graph, history and audit log.
SELECT
    'grants of service_role' AS check_name,
    count(*) FILTER (WHERE held) = 10 AS ok,
    count(*) FILTER (WHERE held) || ' of 10 privileges'
        || coalesce(', missing: ' || string_agg(privilege || ' on ' || relation_name, ', ') FILTER (WHERE NOT held), '')
        AS detail
FROM (
    VALUES
        ('skin_twin.audit_log', 'INSERT'),
        ('skin_twin.formulation_history', 'INSERT'), ('skin_twin.formulation_history', 'UPDATE'),
        ('skin_twin.formulation_history', 'DELETE'),
        ('skin_twin.hypergraph_nodes', 'INSERT'), ('skin_twin.hypergraph_nodes', 'UPDATE'),
        ('skin_twin.hypergraph_nodes', 'DELETE'),
        ('skin_twin.hypergraph_edges', 'INSERT'), ('skin_twin.hypergraph_edges', 'UPDATE'),
        ('skin_twin.hypergraph_edges', 'DELETE')
) AS expected (relation_name, privilege)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = 'service_role'
CROSS JOIN LATERAL (
    SELECT coalesce(has_table_privilege(r.oid, to_regclass(relation_name), privilege), false) AS held
) AS right_held;

-- One row: the trigger function finds nothing by the search_path of whoever updates.
SELECT
    'search_path of skin_twin.update_timestamp' AS check_name,
    count(*) = 1 AS ok,
    CASE count(*) WHEN 1 THEN 'fixed, empty' ELSE 'not fixed' END AS detail
FROM pg_catalog.pg_proc AS p
WHERE p.oid = to_regprocedure('skin_twin.update_timestamp()')
    AND p.proconfig @> ARRAY['search_path=""'];
