DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int);
GRANT INSERT ON t TO drift_a WITH GRANT OPTION;
GRANT SELECT ON t TO drift_a, drift_b;
