DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE SCHEMA api;
CREATE FUNCTION api.f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT a';
REVOKE ALL ON FUNCTION api.f(int, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.f(int, text) TO drift_a;
