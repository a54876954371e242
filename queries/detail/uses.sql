-- One row is an object that uses the relation (outward false), or that the relation uses (outward true), and how.
WITH own_types AS MATERIALIZED (
    SELECT t.oid FROM pg_catalog.pg_type t WHERE t.typrelid = %(oid)s
    UNION ALL
    SELECT e.typarray FROM pg_catalog.pg_type e WHERE e.typrelid = %(oid)s AND e.typarray <> 0
), found AS (
    -- Foreign keys, both ways.
    SELECT false AS outward, 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AS class, k.conrelid AS oid,
        'foreign key ' || k.conname AS how
    FROM pg_catalog.pg_constraint k
    WHERE k.confrelid = %(oid)s AND k.contype = 'f' AND k.conparentid = 0
    UNION ALL
    SELECT true, 'pg_catalog.pg_class'::pg_catalog.regclass, k.confrelid, 'foreign key ' || k.conname
    FROM pg_catalog.pg_constraint k
    WHERE k.conrelid = %(oid)s AND k.contype = 'f' AND k.conparentid = 0
    UNION ALL
    -- Views and rules that read the relation, and what its own query or rules read.
    SELECT false, 'pg_catalog.pg_class'::pg_catalog.regclass, r.ev_class,
        CASE r.rulename WHEN '_RETURN' THEN 'its query' ELSE 'rule ' || r.rulename END
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
    WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refobjid = %(oid)s
        AND r.ev_class <> %(oid)s
    UNION ALL
    SELECT true, d.refclassid, d.refobjid, CASE r.rulename WHEN '_RETURN' THEN 'its query' ELSE 'rule ' || r.rulename END
    FROM pg_catalog.pg_rewrite r
    JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid AND d.deptype = 'n'
    WHERE r.ev_class = %(oid)s
        AND d.refobjid <> %(oid)s
    UNION ALL
    -- Functions that name the relation in a SQL-standard body, or its row type.
    SELECT false,
        d.classid,
        d.objid,
        CASE d.refclassid WHEN 'pg_catalog.pg_type'::pg_catalog.regclass THEN 'row type' ELSE 'its body' END
    FROM pg_catalog.pg_depend d
    WHERE d.classid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass)
        AND (d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = %(oid)s
            OR d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
                AND d.refobjid IN (SELECT o.oid FROM own_types o))
    UNION ALL
    -- Columns of other relations that have the row type.
    SELECT false, d.classid, d.objid, 'row type of ' || a.attname
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.objid AND a.attnum = d.objsubid
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.objsubid > 0
        AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
        AND d.refobjid IN (SELECT o.oid FROM own_types o)
        AND d.objid <> %(oid)s
    UNION ALL
    -- Policies of other tables that read this one, and publications.
    SELECT false, 'pg_catalog.pg_class'::pg_catalog.regclass, p.polrelid, 'policy ' || p.polname
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_policy p ON p.oid = d.objid
    WHERE d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refobjid = %(oid)s
        AND p.polrelid <> %(oid)s
    UNION ALL
    SELECT false, 'pg_catalog.pg_publication'::pg_catalog.regclass, r.prpubid, 'published'
    FROM pg_catalog.pg_publication_rel r
    WHERE r.prrelid = %(oid)s
    UNION ALL
    -- What the relation itself, its columns, defaults, constraints, policies, triggers and indexes use.
    SELECT true, d.refclassid, d.refobjid, o.how
    FROM (
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AS class,
            %(oid)s::pg_catalog.oid AS oid,
            'column type' AS how
        UNION ALL
        SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, f.oid, 'default'
        FROM pg_catalog.pg_attrdef f WHERE f.adrelid = %(oid)s
        UNION ALL
        SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 'constraint ' || k.conname
        FROM pg_catalog.pg_constraint k WHERE k.conrelid = %(oid)s AND k.contype <> 'f'
        UNION ALL
        SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid, 'policy ' || p.polname
        FROM pg_catalog.pg_policy p WHERE p.polrelid = %(oid)s
        UNION ALL
        SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid, 'trigger ' || t.tgname
        FROM pg_catalog.pg_trigger t
        WHERE t.tgrelid = %(oid)s AND (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstrrelid = 0))
        UNION ALL
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid, 'index ' || c.relname
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = %(oid)s
    ) o
    JOIN pg_catalog.pg_depend d ON d.classid = o.class AND d.objid = o.oid
    WHERE d.deptype = 'n'
        AND d.refobjid >= 16384
        AND d.refobjid <> %(oid)s
        AND d.refclassid IN (
            'pg_catalog.pg_class'::pg_catalog.regclass,
            'pg_catalog.pg_proc'::pg_catalog.regclass,
            'pg_catalog.pg_type'::pg_catalog.regclass)
    UNION ALL
    -- Sequences that belong to its columns.
    SELECT true, d.classid, d.objid, 'sequence of ' || a.attname
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refobjid = %(oid)s
        AND d.deptype IN ('a', 'i')
)
SELECT DISTINCT f.outward,
    i.type AS kind,
    coalesce(i.schema, '') AS schema,
    coalesce(
        i.name,
        p.proname || '(' || coalesce((
            SELECT pg_catalog.string_agg(pg_catalog.format_type(a.type, NULL), ', ' ORDER BY a.place)
            FROM pg_catalog.unnest(p.proargtypes) WITH ORDINALITY a (type, place)), '') || ')',
        i.identity) AS name,
    f.oid,
    f.how
FROM found f
CROSS JOIN LATERAL pg_catalog.pg_identify_object(f.class, f.oid, 0) i
LEFT JOIN pg_catalog.pg_proc p ON f.class = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = f.oid
WHERE i.type IS NOT NULL
ORDER BY f.outward, kind, schema, name, f.how
