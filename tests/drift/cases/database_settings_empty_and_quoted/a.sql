DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = a, "B c"', current_database()); EXECUTE format('ALTER ROLE drift_a IN DATABASE %I SET work_mem = ''8MB''', current_database()); END$$;
