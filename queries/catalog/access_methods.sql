-- One row is an access method that PostgreSQL does not bring itself.
SELECT a.oid, a.amname, a.amtype::text, a.amhandler::pg_catalog.regproc::text
FROM pg_catalog.pg_am a
WHERE a.oid >= 16384
