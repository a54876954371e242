-- One row is a role of the server; whether this database mentions it (as owner, grantee, in a policy or a mapping).
SELECT r.oid,
    r.rolname,
    r.rolsuper,
    r.rolinherit,
    r.rolcreaterole,
    r.rolcreatedb,
    r.rolcanlogin,
    r.rolreplication,
    r.rolbypassrls,
    r.rolconnlimit,
    array(
        SELECT g.rolname::text
        FROM pg_catalog.pg_auth_members m
        JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
        WHERE m.member = r.oid
        ORDER BY g.rolname COLLATE "C"),
    s.setconfig,
    pg_catalog.shobj_description(r.oid, 'pg_authid'),
    r.oid = d.datdba
        OR s.setconfig IS NOT NULL
        OR EXISTS (
            SELECT FROM pg_catalog.pg_shdepend p
            WHERE p.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
                AND p.refobjid = r.oid
                AND (p.dbid = d.oid OR p.classid = 'pg_catalog.pg_database'::pg_catalog.regclass AND p.objid = d.oid))
FROM pg_catalog.pg_roles r
JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
LEFT JOIN pg_catalog.pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = r.oid
