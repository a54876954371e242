DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$;
CREATE TABLE h (a int, b text);
GRANT SELECT, INSERT (a), UPDATE ON h TO drift_a;
CREATE TABLE p (a int, b text);
GRANT SELECT, UPDATE ON p TO drift_a;
