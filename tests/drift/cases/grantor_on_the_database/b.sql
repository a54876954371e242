DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE q (a int); DO $$BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO drift_a WITH GRANT OPTION', current_database()); EXECUTE 'SET ROLE drift_a'; EXECUTE format('GRANT CONNECT ON DATABASE %I TO drift_b', current_database()); EXECUTE 'RESET ROLE'; END$$;
