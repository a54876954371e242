DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE x (id bigint, extra text);
CREATE TABLE y (id bigint);
CREATE TABLE z (id bigint);
CREATE POLICY p ON x TO drift_a USING (id IN (SELECT id FROM y));
CREATE POLICY p ON y USING (id IN (SELECT x.id FROM x JOIN z USING (id)));
CREATE POLICY q ON z USING (id IN (SELECT id FROM x));
