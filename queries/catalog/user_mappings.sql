-- One row is a user mapping; its options are null where the server keeps them from us.
SELECT m.umid, m.usename, m.srvname, m.umoptions
FROM pg_catalog.pg_user_mappings m
ORDER BY m.srvname COLLATE "C", m.usename COLLATE "C"
