-- One row is a sequence, or a table that has it as an identity, and the digest of how it counts and for which column.
WITH facts AS (
    SELECT s.seqrelid,
        CASE WHEN d.deptype = 'i' THEN d.refobjid END AS identity_of,
        ROW(
            cn.nspname,
            c.relname,
            c.relpersistence,
            pg_catalog.format_type(s.seqtypid, NULL),
            s.seqstart,
            s.seqincrement,
            s.seqmin,
            s.seqmax,
            s.seqcache,
            s.seqcycle,
            d.deptype,
            tn.nspname,
            t.relname,
            a.attname)::text AS fact
    FROM pg_catalog.pg_sequence s
    JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
    JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.objid = s.seqrelid
        AND d.objsubid = 0
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
    LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE s.seqrelid >= 16384
        AND c.relpersistence <> 't'
), whose AS (
    SELECT f.seqrelid AS oid, f.fact
    FROM facts f
    UNION ALL
    SELECT f.identity_of, f.fact
    FROM facts f
    WHERE f.identity_of IS NOT NULL
)
SELECT w.oid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(w.fact, '' ORDER BY w.fact COLLATE "C"),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM whose w
GROUP BY w.oid
