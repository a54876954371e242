-- One row is a relation and the digest of what of it goes with an extension: itself, its indexes, its triggers.
WITH tied AS (
    SELECT coalesce(i.indrelid, c.oid) AS oid, ROW('relation', c.relname, e.extname)::text AS fact
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
    JOIN pg_catalog.pg_class c ON c.oid = d.objid
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
    WHERE d.deptype = 'x'
        AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
    UNION ALL
    SELECT t.tgrelid, ROW('trigger', t.tgname, e.extname)::text
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
    JOIN pg_catalog.pg_trigger t ON t.oid = d.objid
    WHERE d.deptype = 'x'
        AND d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
)
SELECT t.oid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(t.fact, '' ORDER BY t.fact COLLATE "C"),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM tied t
GROUP BY t.oid
