DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a FROM v;
GRANT SELECT ON v, w TO drift_a;
