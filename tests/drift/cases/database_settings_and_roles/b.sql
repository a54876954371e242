DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, "My Schema"', current_database()); END $$;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET app.thing = ''it''''s 50%%''', current_database()); END $$;
DO $$ BEGIN EXECUTE format('ALTER ROLE drift_a IN DATABASE %I SET statement_timeout = ''5s''', current_database()); END $$;
DO $$ BEGIN EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO drift_b WITH GRANT OPTION', current_database()); END $$;
DO $$ BEGIN EXECUTE format('COMMENT ON DATABASE %I IS ''x''', current_database()); END $$;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 50', current_database()); END $$;
