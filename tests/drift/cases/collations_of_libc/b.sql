DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE COLLATION c1 (locale = 'POSIX');
CREATE COLLATION c2 (lc_collate = 'C', lc_ctype = 'C');
ALTER COLLATION c2 OWNER TO drift_a;
CREATE COLLATION c3 FROM "C";
CREATE TABLE t (a text COLLATE c1, b text COLLATE c2);
CREATE INDEX t_a ON t (a, b);
CREATE VIEW v AS SELECT a FROM t;
