-- One row is a relation that has to be read with some objects: what depends on them, and what all this needs to be made.
WITH RECURSIVE changed (classid, objid) AS (
    SELECT c.classid, c.objid
    FROM ROWS FROM (
        pg_catalog.unnest(%(classes)s::pg_catalog.oid[]),
        pg_catalog.unnest(%(objects)s::pg_catalog.oid[])) c (classid, objid)
), standing (classid, objid) AS (
    SELECT c.classid, c.objid
    FROM changed c
    UNION
    SELECT n.classid, n.objid
    FROM standing s
    CROSS JOIN LATERAL (
        SELECT d.classid, d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = s.classid AND d.refobjid = s.objid
        UNION ALL
        -- What is said of a default is said of the table.
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, a.adrelid
        FROM pg_catalog.pg_attrdef a
        WHERE s.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND a.oid = s.objid
        UNION ALL
        -- A part that is nothing by itself stands for the whole: a view's rule, a member of an operator class or family.
        SELECT w.refclassid, w.refobjid
        FROM pg_catalog.pg_depend w
        WHERE w.classid = s.classid
            AND w.objid = s.objid
            AND (w.deptype = 'i' OR w.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass)
        UNION ALL
        -- What is said of a domain's check is said of the domain.
        SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, k.contypid
        FROM pg_catalog.pg_constraint k
        WHERE s.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = s.objid AND k.contypid <> 0
        OFFSET 0
    ) n
), held (classid, objid) AS (
    -- The relations of which something is a part.
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, h.oid
    FROM standing s
    CROSS JOIN LATERAL (
        SELECT i.indrelid AS oid
        FROM pg_catalog.pg_index i
        WHERE s.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND i.indexrelid = s.objid
        UNION ALL
        SELECT k.conrelid
        FROM pg_catalog.pg_constraint k
        WHERE s.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = s.objid
        UNION ALL
        SELECT r.ev_class
        FROM pg_catalog.pg_rewrite r
        WHERE s.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = s.objid
        UNION ALL
        SELECT t.tgrelid
        FROM pg_catalog.pg_trigger t
        WHERE s.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND t.oid = s.objid
        UNION ALL
        SELECT p.polrelid
        FROM pg_catalog.pg_policy p
        WHERE s.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND p.oid = s.objid
        UNION ALL
        SELECT x.stxrelid
        FROM pg_catalog.pg_statistic_ext x
        WHERE s.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND x.oid = s.objid
        OFFSET 0
    ) h
), needed (classid, objid) AS (
    SELECT s.classid, s.objid
    FROM standing s
    UNION
    SELECT h.classid, h.objid
    FROM held h
    UNION
    SELECT n.classid, n.objid
    FROM needed w
    CROSS JOIN LATERAL (
        SELECT d.refclassid AS classid, d.refobjid AS objid
        FROM pg_catalog.pg_depend d
        WHERE d.classid = w.classid
            AND d.objid = w.objid
            AND d.refobjid >= 16384
            AND d.refclassid <> 'pg_catalog.pg_namespace'::pg_catalog.regclass
            AND d.refclassid <> 'pg_catalog.pg_extension'::pg_catalog.regclass
        UNION ALL
        -- A relation is made with its defaults, its checks and keys, its sequences, and the query of a view.
        SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, a.oid
        FROM pg_catalog.pg_attrdef a
        WHERE w.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.adrelid = w.objid
        UNION ALL
        SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid
        FROM pg_catalog.pg_constraint k
        WHERE w.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND k.conrelid = w.objid AND k.contype <> 'f'
        UNION ALL
        SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass, r.oid
        FROM pg_catalog.pg_rewrite r
        WHERE w.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND r.ev_class = w.objid AND r.rulename = '_RETURN'
        UNION ALL
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, o.objid
        FROM pg_catalog.pg_depend o
        WHERE w.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND o.refclassid = w.classid
            AND o.refobjid = w.objid
            AND o.classid = w.classid
            AND o.deptype IN ('a', 'i')
        UNION ALL
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, t.typrelid
        FROM pg_catalog.pg_type t
        WHERE w.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = w.objid AND t.typrelid <> 0
        UNION ALL
        -- A domain with its constraints.
        SELECT o.classid, o.objid
        FROM pg_catalog.pg_depend o
        WHERE w.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
            AND o.refclassid = w.classid
            AND o.refobjid = w.objid
            AND o.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
        OFFSET 0
    ) n
)
SELECT c.oid
FROM pg_catalog.pg_class c
JOIN needed n ON n.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND n.objid = c.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
