-- One row is a foreign table's server and options.
SELECT t.ftrelid, s.srvname, t.ftoptions
FROM pg_catalog.pg_foreign_table t
JOIN pg_catalog.pg_foreign_server s ON s.oid = t.ftserver
WHERE (%(focus)s::pg_catalog.oid[] IS NULL OR t.ftrelid = ANY (%(focus)s::pg_catalog.oid[]))
