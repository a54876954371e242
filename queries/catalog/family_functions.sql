-- One row is a support function of a family, with the class it is bound to (0: loose).
SELECT m.oid,
    m.amprocfamily,
    coalesce(d.refobjid, 0),
    m.amprocnum,
    m.amproc::pg_catalog.oid::pg_catalog.regprocedure::text,
    pg_catalog.format_type(m.amproclefttype, NULL),
    pg_catalog.format_type(m.amprocrighttype, NULL)
FROM pg_catalog.pg_amproc m
LEFT JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
    AND d.objid = m.oid
    AND d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
    AND d.deptype = 'i'
WHERE m.oid >= 16384
ORDER BY m.amproclefttype, m.amprocrighttype, m.amprocnum
