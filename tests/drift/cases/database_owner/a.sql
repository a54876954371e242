DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO drift_a', current_database()); END $$;
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO drift_b', current_database()); END $$;
