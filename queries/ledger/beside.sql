-- One row: whether schema dbconsole holds what is kept beside a ledger, and whether this role may use it, or make it.
SELECT
    lease.oid IS NOT NULL AS there,
    CASE
        WHEN lease.oid IS NOT NULL THEN
            pg_catalog.has_schema_privilege(own.oid, 'USAGE')
            AND pg_catalog.has_table_privilege(lease.oid, 'UPDATE')
            AND pg_catalog.has_table_privilege(lease.oid, 'SELECT')
        WHEN own.oid IS NOT NULL THEN pg_catalog.has_schema_privilege(own.oid, 'CREATE')
        ELSE pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
    END AS may
FROM (VALUES ('dbconsole')) AS schema (name)
LEFT JOIN pg_catalog.pg_namespace AS own ON own.nspname = schema.name
LEFT JOIN pg_catalog.pg_class AS lease
    ON lease.relnamespace = own.oid AND lease.relname = 'lease' AND lease.relkind = 'r'
