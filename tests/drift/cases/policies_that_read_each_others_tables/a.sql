DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE x (id int);
CREATE TABLE y (id int);
CREATE POLICY p ON x USING (id IN (SELECT id FROM y));
CREATE POLICY p ON y USING (id IN (SELECT id FROM x));
