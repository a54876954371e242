-- One row: whether this database has the native ledger. (Not by to_regclass, which fails without USAGE on the schema.)
SELECT EXISTS (
    SELECT FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'dbconsole' AND c.relname = 'lease' AND c.relkind = 'r'
) AS exists
