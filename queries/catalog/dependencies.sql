-- One row is a dependency between what someone made; left out is what the objects themselves tell.
WITH parts (classid, objid) AS (
    -- What is of a relation, of those that are asked for and of composite types; and the constraints of domains.
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, pg_catalog.unnest(%(focus)s::pg_catalog.oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid
    FROM pg_catalog.pg_class c
    WHERE c.relkind = 'c'
    UNION ALL
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid
    FROM pg_catalog.pg_index i
    WHERE i.indrelid = ANY (%(focus)s::pg_catalog.oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, a.oid
    FROM pg_catalog.pg_attrdef a
    WHERE a.adrelid = ANY (%(focus)s::pg_catalog.oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid
    FROM pg_catalog.pg_constraint k
    WHERE k.conrelid = ANY (%(focus)s::pg_catalog.oid[]) OR k.contypid <> 0
    UNION ALL
    SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass, r.oid
    FROM pg_catalog.pg_rewrite r
    WHERE r.ev_class = ANY (%(focus)s::pg_catalog.oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid
    FROM pg_catalog.pg_trigger t
    WHERE t.tgrelid = ANY (%(focus)s::pg_catalog.oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid
    FROM pg_catalog.pg_policy p
    WHERE p.polrelid = ANY (%(focus)s::pg_catalog.oid[])
    UNION ALL
    SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid
    FROM pg_catalog.pg_statistic_ext s
    WHERE s.stxrelid = ANY (%(focus)s::pg_catalog.oid[])
)
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
    AND (%(focus)s::pg_catalog.oid[] IS NULL
        OR (d.classid, d.objid) IN (SELECT p.classid, p.objid FROM parts p)
        OR d.classid NOT IN (
            'pg_catalog.pg_class'::pg_catalog.regclass,
            'pg_catalog.pg_attrdef'::pg_catalog.regclass,
            'pg_catalog.pg_constraint'::pg_catalog.regclass,
            'pg_catalog.pg_rewrite'::pg_catalog.regclass,
            'pg_catalog.pg_trigger'::pg_catalog.regclass,
            'pg_catalog.pg_policy'::pg_catalog.regclass,
            'pg_catalog.pg_statistic_ext'::pg_catalog.regclass))
