DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO drift_b;
REVOKE SELECT ON pg_catalog.pg_roles FROM PUBLIC;
