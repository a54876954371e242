-- One row is a relation that another session has locked exclusively, or will as soon as it may, with its process.
SELECT l.relation, l.pid
FROM pg_catalog.pg_locks l
JOIN pg_catalog.pg_database d ON d.oid = l.database
WHERE l.locktype = 'relation'
    AND l.mode = 'AccessExclusiveLock'
    AND l.pid <> pg_catalog.pg_backend_pid()
    AND d.datname = pg_catalog.current_database()
ORDER BY l.granted
