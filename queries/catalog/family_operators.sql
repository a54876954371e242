-- One row is an operator of a family, with the class it is bound to (0: loose).
SELECT m.oid,
    m.amopfamily,
    coalesce(d.refobjid, 0),
    m.amopstrategy,
    pg_catalog.quote_ident(n.nspname) || '.' || o.oprname,
    pg_catalog.format_type(m.amoplefttype, NULL),
    pg_catalog.format_type(m.amoprighttype, NULL),
    coalesce(pg_catalog.quote_ident(sn.nspname) || '.' || pg_catalog.quote_ident(s.opfname), '')
FROM pg_catalog.pg_amop m
JOIN pg_catalog.pg_operator o ON o.oid = m.amopopr
JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
LEFT JOIN pg_catalog.pg_opfamily s ON s.oid = m.amopsortfamily
LEFT JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace
LEFT JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass
    AND d.objid = m.oid
    AND d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
    AND d.deptype = 'i'
WHERE m.oid >= 16384
ORDER BY m.amoplefttype, m.amoprighttype, m.amopstrategy
