-- One row a database that this role may connect to, by name.
SELECT datname::text AS name
FROM pg_catalog.pg_database
WHERE datallowconn
    AND NOT datistemplate
    AND pg_catalog.has_database_privilege(oid, 'CONNECT')
ORDER BY datname
