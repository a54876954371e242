-- One row: what this role may do here, and what of the server matters for working on it.
SELECT
    r.rolsuper AS superuser,
    r.rolcreatedb AS create_databases,
    r.rolcreaterole AS create_roles,
    r.rolbypassrls AS bypass_rls,
    pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS create_schemas,
    pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMP') AS temporary_tables,
    pg_catalog.pg_has_role(r.oid, 'pg_monitor', 'MEMBER') AS monitor,
    pg_catalog.current_setting('default_transaction_read_only') = 'on' AS read_only,
    (SELECT s.reset_val || s.unit FROM pg_catalog.pg_settings AS s WHERE s.name = 'statement_timeout') AS statement_timeout,
    ARRAY(SELECT e.extname::text FROM pg_catalog.pg_extension AS e ORDER BY e.extname) AS extensions
FROM pg_catalog.pg_roles AS r
WHERE r.rolname = current_user
