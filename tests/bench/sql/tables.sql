-- One schema of a thousand tables: ten columns, a primary key, a foreign key to the table before, two indexes each.
DO $$
DECLARE
    schema_name text := current_setting('bench.schema');
    table_name text;
    before text;
BEGIN
    EXECUTE format('CREATE SCHEMA %I', schema_name);
    FOR number IN 0..999 LOOP
        table_name := format('table_%s', lpad(number::text, 4, '0'));
        EXECUTE format(
            'CREATE TABLE %1$I.%2$I (
                id bigint PRIMARY KEY,
                parent_id bigint NOT NULL REFERENCES %1$I.%3$I,
                title text NOT NULL DEFAULT '''',
                body text,
                status varchar(20) NOT NULL DEFAULT ''new'',
                amount numeric(12, 2),
                tags text[],
                data jsonb,
                created_at timestamptz NOT NULL DEFAULT now(),
                updated_at timestamptz
            )', schema_name, table_name, coalesce(before, table_name));
        EXECUTE format('CREATE INDEX ON %I.%I (parent_id)', schema_name, table_name);
        EXECUTE format('CREATE INDEX ON %I.%I (status, created_at)', schema_name, table_name);
        before := table_name;
    END LOOP;
END
$$
