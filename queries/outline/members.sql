-- One row is an extension's name, a catalog's oid, and the oids in that catalog of what belongs to it, in one text.
SELECT e.extname, d.classid, pg_catalog.string_agg(d.objid::text, ' ')
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
    AND d.deptype = 'e'
GROUP BY e.extname, d.classid
