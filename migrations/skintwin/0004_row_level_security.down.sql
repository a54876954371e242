-- Takes policies, grants and row-level security away again,
-- and the roles that were made here, if no other database uses them.

DROP POLICY formulation_history_service_write ON skin_twin.formulation_history;

DROP POLICY hypergraph_edges_service_write ON skin_twin.hypergraph_edges;

DROP POLICY hypergraph_nodes_service_write ON skin_twin.hypergraph_nodes;

DROP POLICY audit_log_service_insert ON skin_twin.audit_log;

DROP POLICY formulation_history_owner_insert ON skin_twin.formulation_history;

DROP POLICY formulations_owner_write ON skin_twin.formulations;

DROP POLICY hypergraph_edges_read ON skin_twin.hypergraph_edges;

DROP POLICY hypergraph_nodes_read ON skin_twin.hypergraph_nodes;

DROP POLICY audit_log_read ON skin_twin.audit_log;

DROP POLICY formulation_history_read ON skin_twin.formulation_history;

DROP POLICY formulations_read ON skin_twin.formulations;

REVOKE USAGE ON SEQUENCE skin_twin.audit_log_id_seq, skin_twin.hypergraph_edges_id_seq FROM service_role;

REVOKE USAGE ON SEQUENCE skin_twin.formulation_history_id_seq FROM authenticated, service_role;

REVOKE INSERT ON skin_twin.audit_log FROM service_role;

REVOKE SELECT, INSERT, UPDATE, DELETE ON skin_twin.formulation_history, skin_twin.hypergraph_nodes,
    skin_twin.hypergraph_edges FROM service_role;

REVOKE INSERT ON skin_twin.formulation_history FROM authenticated;

REVOKE INSERT, UPDATE, DELETE ON skin_twin.formulations FROM authenticated;

-- On Supabase default privileges had given this to authenticated when the tables were made; there it stays.
DO $$
BEGIN
    IF EXISTS (
        SELECT
        FROM pg_catalog.pg_default_acl AS d
        CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) AS a
        WHERE d.defaclobjtype = 'r'
            AND d.defaclnamespace IN (0, 'public'::regnamespace)
            AND d.defaclrole = (
                SELECT relowner FROM pg_catalog.pg_class WHERE oid = 'public.hypergraph_nodes'::regclass
            )
            AND a.grantee = 'authenticated'::regrole
            AND a.privilege_type = 'SELECT'
    ) THEN
        RETURN;
    END IF;
    REVOKE SELECT ON public.hypergraph_nodes, public.hypergraph_edges FROM authenticated;
END
$$;

REVOKE SELECT ON skin_twin.formulations, skin_twin.formulation_history, skin_twin.audit_log,
    skin_twin.hypergraph_nodes, skin_twin.hypergraph_edges,
    skin_twin.hypergraph_node_stats, skin_twin.formulation_versions, skin_twin.edge_type_stats FROM authenticated;

REVOKE USAGE ON SCHEMA skin_twin FROM authenticated, service_role;

ALTER FUNCTION skin_twin.update_timestamp() RESET search_path;

ALTER VIEW skin_twin.edge_type_stats RESET (security_invoker);

ALTER VIEW skin_twin.formulation_versions RESET (security_invoker);

ALTER VIEW skin_twin.hypergraph_node_stats RESET (security_invoker);

ALTER TABLE skin_twin.hypergraph_edges DISABLE ROW LEVEL SECURITY;

ALTER TABLE skin_twin.hypergraph_nodes DISABLE ROW LEVEL SECURITY;

ALTER TABLE skin_twin.audit_log DISABLE ROW LEVEL SECURITY;

ALTER TABLE skin_twin.formulation_history DISABLE ROW LEVEL SECURITY;

ALTER TABLE skin_twin.formulations DISABLE ROW LEVEL SECURITY;

-- All of them or none: anon holds nothing, so nothing but its companions tells that another database uses it.
DO $$
DECLARE
    role_name text;
BEGIN
    FOR role_name IN
        SELECT rolname
        FROM pg_catalog.pg_roles
        WHERE rolname IN ('anon', 'authenticated', 'service_role')
            AND pg_catalog.shobj_description(oid, 'pg_authid') = 'made by dbconsole sample'
        ORDER BY rolname
    LOOP
        EXECUTE format('DROP ROLE %I', role_name);
    END LOOP;
EXCEPTION
    WHEN dependent_objects_still_exist THEN
        RAISE NOTICE 'the roles stay: another database of this cluster still uses %', role_name;
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'the roles stay: % may only be dropped by who made it', role_name;
END
$$;
