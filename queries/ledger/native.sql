-- One row: whether this database has the native ledger, and whether it has what is kept beside any ledger.
SELECT
    pg_catalog.bool_or(c.relname = 'migrations') IS TRUE AS migrations,
    pg_catalog.bool_or(c.relname = 'lease') IS TRUE AS lease
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'dbconsole' AND c.relname IN ('lease', 'migrations') AND c.relkind = 'r'
