DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int, tenant bigint);
CREATE TABLE members2 (tenant bigint, name text);
CREATE POLICY p1 ON t USING (a = 1);
CREATE POLICY p2 ON t FOR SELECT USING (EXISTS (SELECT 1 FROM members2 m WHERE m.tenant = t.tenant));
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
COMMENT ON POLICY p2 ON t IS 'kept';
