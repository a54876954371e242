-- One row is a subscription's options that came with 15.
SELECT s.oid, s.subtwophasestate::text, s.subdisableonerr
FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
WHERE d.datname = pg_catalog.current_database()
