-- One row is a user mapping; its options are null where it has none and where the server keeps them from us, as it says.
SELECT m.umid, m.usename, m.srvname, m.umoptions,
    NOT (
        (m.umuser <> 0 AND m.usename = current_user
            AND (pg_catalog.pg_has_role(s.srvowner, 'USAGE') OR pg_catalog.has_server_privilege(s.oid, 'USAGE')))
        OR (m.umuser = 0 AND pg_catalog.pg_has_role(s.srvowner, 'USAGE'))
        OR (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = current_user))
FROM pg_catalog.pg_user_mappings m
JOIN pg_catalog.pg_foreign_server s ON s.oid = m.srvid
ORDER BY m.srvname COLLATE "C", m.usename COLLATE "C"
