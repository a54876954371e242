DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_c; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int, b int);
GRANT SELECT (b) ON t TO drift_a WITH GRANT OPTION;
SET ROLE drift_a;
GRANT SELECT (b) ON t TO drift_b, drift_c;
RESET ROLE;
