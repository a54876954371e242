-- No row: unqualified names are looked for here as they are now, in all later sessions on this database.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path FROM CURRENT', current_database()); END $$
