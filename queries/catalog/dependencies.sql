-- One row is a dependency between what someone made; left out is what the objects themselves tell.
SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype::text
FROM pg_catalog.pg_depend d
LEFT JOIN pg_catalog.pg_index i
    ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND i.indexrelid = d.objid
LEFT JOIN pg_catalog.pg_constraint k
    ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = d.objid
WHERE d.objid >= 16384
    AND d.refobjid >= 16384
    AND d.deptype IN ('n', 'a', 'i', 'P', 'S', 'x')
    AND d.refclassid <> 'pg_catalog.pg_namespace'::pg_catalog.regclass
    -- A relation's row type and a type's array type go with it.
    AND NOT (d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'i')
    AND NOT (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'i')
    -- Which columns a constraint or a plain index has stands in them; the index of a constraint names it.
    AND NOT (i.indexrelid IS NOT NULL AND (
        d.refclassid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
        OR d.refobjid = i.indrelid AND i.indexprs IS NULL AND i.indpred IS NULL))
    AND NOT (k.oid IS NOT NULL AND (k.contype = 'n' OR d.refobjid = k.conrelid))
    AND NOT (d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.deptype = 'a'
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)
