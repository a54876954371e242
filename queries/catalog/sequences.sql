-- One row is a sequence with its options and the column that owns it (deptype i: identity, a: owned).
SELECT s.seqrelid,
    pg_catalog.format_type(s.seqtypid, NULL),
    s.seqstart,
    s.seqincrement,
    s.seqmin,
    s.seqmax,
    s.seqcache,
    s.seqcycle,
    d.refobjid,
    d.refobjsubid,
    d.deptype::text
FROM pg_catalog.pg_sequence s
LEFT JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND d.objid = s.seqrelid
    AND d.objsubid = 0
    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    AND d.deptype IN ('a', 'i')
WHERE (%(focus)s::pg_catalog.oid[] IS NULL OR s.seqrelid = ANY (%(focus)s::pg_catalog.oid[]))
