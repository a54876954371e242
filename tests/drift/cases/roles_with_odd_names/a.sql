DO $$ BEGIN CREATE ROLE "Drift % ""C"""; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int);
GRANT SELECT ON t TO "Drift % ""C""";
