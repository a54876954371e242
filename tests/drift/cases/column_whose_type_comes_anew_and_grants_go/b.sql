DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TYPE k1 AS (a integer);
CREATE TABLE r1 (a k1, b text, c k1);
CREATE TABLE r3 (a k1, b text, c k1);
GRANT SELECT (a) ON r3 TO drift_a;
COMMENT ON COLUMN r3.c IS 'two';
