-- One row is a subscription's options that came with 17.
SELECT s.oid, s.subfailover
FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
WHERE d.datname = pg_catalog.current_database()
