-- A row is a database with its size in bytes, the largest first; those that this role may not look into are left out.
SELECT d.datname::text AS database, pg_catalog.pg_database_size(d.oid) AS size
FROM pg_catalog.pg_database AS d
WHERE d.datallowconn
    AND (
        pg_catalog.has_database_privilege(d.oid, 'CONNECT')
        OR pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')
    )
ORDER BY size DESC, database
