DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int, b int, c int);
CREATE VIEW v AS SELECT a, b FROM t;
GRANT SELECT (a, b), INSERT (c) ON t TO drift_a;
GRANT SELECT (a) ON v TO drift_a;
