DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$;
CREATE TABLE t (a bigint);
CREATE TABLE h () INHERITS (t);
GRANT SELECT (a) ON h TO drift_a;
COMMENT ON COLUMN h.a IS 'said of it';
CREATE TABLE w (a int, b text) PARTITION BY LIST (a);
CREATE TABLE p PARTITION OF w DEFAULT;
GRANT SELECT (b) ON p TO drift_a;
