DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a integer, e numeric(8, 2) GENERATED ALWAYS AS (a) STORED);
GRANT SELECT (e) ON t TO drift_a;
