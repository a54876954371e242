-- One row when nobody holds the lease: until this transaction ends, nobody takes it.
SELECT name
FROM dbconsole.lease
WHERE name = 'migrations' AND (token IS NULL OR expires_at < pg_catalog.clock_timestamp())
FOR UPDATE SKIP LOCKED
