-- needs vector
DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE EXTENSION vector;
REVOKE EXECUTE ON FUNCTION vector_dims(vector) FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO drift_a;
GRANT SELECT ON pg_catalog.pg_authid TO drift_a;
