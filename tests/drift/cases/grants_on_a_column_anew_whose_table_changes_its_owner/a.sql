DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a integer, e text);
GRANT SELECT (e) ON t TO drift_a;
ALTER TABLE t OWNER TO drift_a;
GRANT SELECT, UPDATE ON TABLE t TO drift_b;
