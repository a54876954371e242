DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
ALTER VIEW v OWNER TO drift_a;
