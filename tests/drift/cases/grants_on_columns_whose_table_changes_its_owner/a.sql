DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$;
CREATE TABLE t (a int, b text);
GRANT SELECT (a) ON t TO drift_a;
GRANT UPDATE (b) ON t TO drift_b WITH GRANT OPTION;
CREATE VIEW v AS SELECT 1 AS a;
GRANT SELECT (a) ON v TO drift_a;
