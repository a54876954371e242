DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE COLLATION c1 (locale = 'C');
CREATE COLLATION c2 (lc_collate = 'C', lc_ctype = 'POSIX');
CREATE TABLE t (a text COLLATE c1, b text COLLATE c2);
CREATE INDEX t_a ON t (a, b);
CREATE VIEW v AS SELECT a FROM t;
