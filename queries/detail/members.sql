-- One row is an object that belongs to the extension: its kind, its oid, how SQL calls it. Types made for another (of
-- arrays, rows and multiranges) are left out, as in the outline.
SELECT pg_catalog.replace(i.type, '-', ' ') AS kind, d.objid AS oid, i.identity AS name
FROM pg_catalog.pg_depend d
LEFT JOIN pg_catalog.pg_type t ON d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = d.objid
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, 0) i
WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
    AND d.refobjid = %(oid)s
    AND d.deptype = 'e'
    AND i.type IS NOT NULL
    AND (t.oid IS NULL
        OR (c.relkind IS NULL OR c.relkind = 'c')
            AND t.typtype <> 'm'
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid))
ORDER BY kind, i.identity COLLATE "C"
