-- Who may do what in skin_twin:
-- whoever is signed in reads, owners change their formulations, the service writes the graph.
-- A person is the e-mail in the claims that PostgREST sets for a request; the tables' owner is not restricted.

-- Roles belong to the whole cluster. What is missing is made and marked, so that the way down knows it.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['anon', 'authenticated', 'service_role'] LOOP
        CONTINUE WHEN EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role_name);
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
            EXECUTE format('COMMENT ON ROLE %I IS %L', role_name, 'made by dbconsole sample');
        EXCEPTION
            -- Another database of the cluster made it in this very moment, and marked it.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END
$$;

ALTER TABLE skin_twin.formulations ENABLE ROW LEVEL SECURITY;

ALTER TABLE skin_twin.formulation_history ENABLE ROW LEVEL SECURITY;

ALTER TABLE skin_twin.audit_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE skin_twin.hypergraph_nodes ENABLE ROW LEVEL SECURITY;

ALTER TABLE skin_twin.hypergraph_edges ENABLE ROW LEVEL SECURITY;

-- A view reads with the rights of its owner, past every policy, unless told otherwise. PostgreSQL 14 cannot be told.
DO $$
BEGIN
    IF current_setting('server_version_num')::integer < 150000 THEN
        RAISE WARNING 'PostgreSQL 14 has no security_invoker: the views of skin_twin bypass row-level security';
        RETURN;
    END IF;
    ALTER VIEW skin_twin.hypergraph_node_stats SET (security_invoker = true);
    ALTER VIEW skin_twin.formulation_versions SET (security_invoker = true);
    ALTER VIEW skin_twin.edge_type_stats SET (security_invoker = true);
END
$$;

ALTER FUNCTION skin_twin.update_timestamp() SET search_path = '';

GRANT USAGE ON SCHEMA skin_twin TO authenticated, service_role;

GRANT SELECT ON skin_twin.formulations, skin_twin.formulation_history, skin_twin.audit_log,
    skin_twin.hypergraph_nodes, skin_twin.hypergraph_edges,
    skin_twin.hypergraph_node_stats, skin_twin.formulation_versions, skin_twin.edge_type_stats TO authenticated;

-- hypergraph_node_stats reads these two with the rights of whoever asks.
GRANT SELECT ON public.hypergraph_nodes, public.hypergraph_edges TO authenticated;

GRANT INSERT, UPDATE, DELETE ON skin_twin.formulations TO authenticated;

GRANT INSERT ON skin_twin.formulation_history TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON skin_twin.formulation_history, skin_twin.hypergraph_nodes,
    skin_twin.hypergraph_edges TO service_role;

GRANT INSERT ON skin_twin.audit_log TO service_role;

GRANT USAGE ON SEQUENCE skin_twin.formulation_history_id_seq TO authenticated, service_role;

GRANT USAGE ON SEQUENCE skin_twin.audit_log_id_seq, skin_twin.hypergraph_edges_id_seq TO service_role;

CREATE POLICY formulations_read ON skin_twin.formulations
    FOR SELECT TO authenticated USING (true);

CREATE POLICY formulation_history_read ON skin_twin.formulation_history
    FOR SELECT TO authenticated USING (true);

CREATE POLICY audit_log_read ON skin_twin.audit_log
    FOR SELECT TO authenticated USING (true);

CREATE POLICY hypergraph_nodes_read ON skin_twin.hypergraph_nodes
    FOR SELECT TO authenticated USING (true);

CREATE POLICY hypergraph_edges_read ON skin_twin.hypergraph_edges
    FOR SELECT TO authenticated USING (true);

-- After a transaction that had set the claims they are an empty text, not NULL; nullif keeps the cast from failing.
CREATE POLICY formulations_owner_write ON skin_twin.formulations
    FOR ALL TO authenticated
    USING (created_by = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'email'))
    WITH CHECK (created_by = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'email'));

CREATE POLICY formulation_history_owner_insert ON skin_twin.formulation_history
    FOR INSERT TO authenticated
    WITH CHECK (EXISTS (
        SELECT FROM skin_twin.formulations AS f
        WHERE f.id = formulation_history.formulation_id
            AND f.created_by = nullif(current_setting('request.jwt.claims', true), '')::json ->> 'email'
    ));

CREATE POLICY audit_log_service_insert ON skin_twin.audit_log
    FOR INSERT TO service_role WITH CHECK (true);

CREATE POLICY hypergraph_nodes_service_write ON skin_twin.hypergraph_nodes
    FOR ALL TO service_role USING (true) WITH CHECK (true);

CREATE POLICY hypergraph_edges_service_write ON skin_twin.hypergraph_edges
    FOR ALL TO service_role USING (true) WITH CHECK (true);

CREATE POLICY formulation_history_service_write ON skin_twin.formulation_history
    FOR ALL TO service_role USING (true) WITH CHECK (true);
