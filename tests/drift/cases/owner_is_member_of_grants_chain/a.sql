DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE SCHEMA s;
CREATE TABLE s.t (a int);
ALTER SCHEMA s OWNER TO drift_a;
ALTER TABLE s.t OWNER TO drift_a;
GRANT SELECT ON s.t TO drift_b;
