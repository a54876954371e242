DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int, b int);
GRANT SELECT (a) ON t TO drift_a WITH GRANT OPTION;
SET ROLE drift_a;
GRANT SELECT (a) ON t TO drift_b;
RESET ROLE;
