DO $$ BEGIN CREATE ROLE "Drift % ""C"""; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int);
ALTER TABLE t OWNER TO "Drift % ""C""";
ALTER DEFAULT PRIVILEGES FOR ROLE "Drift % ""C""" GRANT SELECT ON TABLES TO PUBLIC;
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO "Drift %% ""C"""', current_database()); END $$;
CREATE POLICY p ON t TO "Drift % ""C""" USING (true);
