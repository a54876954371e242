DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int);
GRANT MAINTAIN ON t TO drift_a;
GRANT ALL ON ALL TABLES IN SCHEMA public TO drift_b;
