DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE t (a int, owner_name text, tenant int);
CREATE TABLE members (tenant int, name text);
CREATE POLICY p1 ON t USING (owner_name = current_user);
CREATE POLICY p2 ON t FOR SELECT USING (EXISTS (SELECT 1 FROM members m WHERE m.tenant = t.tenant));
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
COMMENT ON POLICY p2 ON t IS 'kept';
