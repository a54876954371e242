-- One row is a subscription of this database: its name.
SELECT s.subname
FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
WHERE d.datname = pg_catalog.current_database()
ORDER BY s.subname COLLATE "C"
