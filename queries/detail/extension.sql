-- One row is the extension: its version, the one the server's files would give, where its objects are, what it needs.
SELECT e.extname::text AS name,
    e.extversion AS version,
    a.default_version AS available,
    n.nspname::text AS schema,
    pg_catalog.pg_get_userbyid(e.extowner)::text AS owner,
    pg_catalog.obj_description(e.oid, 'pg_extension') AS comment,
    ARRAY(
        SELECT r.extname::text
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_extension r ON r.oid = d.refobjid
        WHERE d.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.objid = e.oid
            AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        ORDER BY r.extname COLLATE "C") AS needs,
    ARRAY(
        SELECT r.extname::text
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_extension r ON r.oid = d.objid
        WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.refobjid = e.oid
            AND d.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        ORDER BY r.extname COLLATE "C") AS needed_by
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
LEFT JOIN pg_catalog.pg_available_extensions() a ON a.name = e.extname
WHERE e.oid = %(oid)s
