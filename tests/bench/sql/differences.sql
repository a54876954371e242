-- Fifty differences to the ten schemas of a thousand tables: ten sorts, each in five tables.
DO $$
DECLARE
    name text;
BEGIN
    FOR number IN 0..4 LOOP
        name := format('schema_%s.table_0%s', number, number);
        EXECUTE format('ALTER TABLE %s10 ADD COLUMN added text', name);
        EXECUTE format('ALTER TABLE %s20 DROP COLUMN body', name);
        EXECUTE format('ALTER TABLE %s30 ALTER COLUMN amount TYPE numeric(14, 2)', name);
        EXECUTE format('ALTER TABLE %s40 ALTER COLUMN status SET DEFAULT ''old''', name);
        EXECUTE format('ALTER TABLE %s50 ALTER COLUMN title DROP NOT NULL', name);
        EXECUTE format('CREATE INDEX ON %s60 (updated_at)', name);
        EXECUTE format('ALTER TABLE %s70 ADD CONSTRAINT positive CHECK (amount > 0)', name);
        EXECUTE format('CREATE VIEW %s80_seen AS SELECT id, title FROM %1$s80', name);
        EXECUTE format('CREATE FUNCTION %s_count() RETURNS bigint LANGUAGE sql AS ''SELECT 1''', name);
        EXECUTE format('COMMENT ON TABLE %s90 IS ''known''', name);
    END LOOP;
END
$$
