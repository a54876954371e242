-- One row is a relation and the digest of its columns in their order, with their defaults, privileges and comments.
WITH expressions AS MATERIALIZED (
    SELECT d.oid, d.adrelid, d.adnum, d.adbin::text AS tree, a.attgenerated <> '' AS generated
    FROM pg_catalog.pg_attrdef d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
), same AS (
    SELECT e.tree, min(e.oid) AS oid
    FROM expressions e
    WHERE NOT e.generated
    GROUP BY e.tree
), texts AS MATERIALIZED (
    -- A default mentions no column: equal ones are written once for all tables.
    SELECT s.tree, pg_catalog.pg_get_expr(d.adbin, 0) AS text
    FROM same s
    JOIN pg_catalog.pg_attrdef d ON d.oid = s.oid
), defaults AS (
    SELECT e.adrelid, e.adnum, t.text
    FROM expressions e
    JOIN texts t ON t.tree = e.tree
    WHERE NOT e.generated
    UNION ALL
    SELECT e.adrelid, e.adnum, pg_catalog.pg_get_expr(d.adbin, d.adrelid)
    FROM expressions e
    JOIN pg_catalog.pg_attrdef d ON d.oid = e.oid
    WHERE e.generated
), facts AS (
    SELECT a.attrelid,
        a.attnum,
        ROW(
            a.attname,
            pg_catalog.format_type(a.atttypid, a.atttypmod),
            a.attnotnull,
            e.text,
            a.attgenerated,
            a.attidentity,
            CASE WHEN a.attcollation <> t.typcollation THEN l.nspname END,
            CASE WHEN a.attcollation <> t.typcollation THEN o.collname END,
            CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
            a.attcompression,
            CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
            -- pg_attver is a stamp that some builds keep on every column (Debian's 15.20).
            CASE WHEN a.attoptions IS NOT NULL THEN ARRAY(
                SELECT o.entry
                FROM pg_catalog.unnest(a.attoptions) o (entry)
                WHERE NOT pg_catalog.starts_with(o.entry, 'pg_attver='))
            END,
            a.attfdwoptions,
            a.attislocal,
            a.attinhcount,
            a.attacl::text[],
            d.description)::text AS fact
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation
    LEFT JOIN pg_catalog.pg_namespace l ON l.oid = o.collnamespace
    LEFT JOIN defaults e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_description d
        ON d.objoid = a.attrelid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = a.attnum
    WHERE a.attnum > 0
        AND NOT a.attisdropped
        AND a.attrelid >= 16384
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
)
SELECT f.attrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(f.fact, '' ORDER BY f.attnum),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM facts f
GROUP BY f.attrelid
