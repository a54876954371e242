-- One row is a relation and the digest of its indexes.
WITH written AS MATERIALIZED (
    -- What only the server's own text tells: expressions, predicates, parameters of operator classes.
    SELECT i.indexrelid AS oid
    FROM pg_catalog.pg_index i
    WHERE i.indrelid >= 16384
        AND (i.indexprs IS NOT NULL
            OR i.indpred IS NOT NULL
            OR i.indexrelid IN (SELECT a.attrelid FROM pg_catalog.pg_attribute a WHERE a.attoptions IS NOT NULL))
), listed AS (
    SELECT i.indexrelid AS oid,
        pg_catalog.string_agg(
            ROW(a.attname, no.nspname, o.opcname, nl.nspname, l.collname, u.option)::text, '' ORDER BY u.place) AS columns
    FROM pg_catalog.pg_index i
    CROSS JOIN LATERAL ROWS FROM (
        pg_catalog.unnest(i.indkey::pg_catalog.int2[]),
        pg_catalog.unnest(i.indclass::pg_catalog.oid[]),
        pg_catalog.unnest(i.indcollation::pg_catalog.oid[]),
        pg_catalog.unnest(i.indoption::pg_catalog.int2[])) WITH ORDINALITY u (number, class, collated, option, place)
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number AND a.attnum > 0
    LEFT JOIN pg_catalog.pg_opclass o ON o.oid = u.class
    LEFT JOIN pg_catalog.pg_namespace no ON no.oid = o.opcnamespace
    LEFT JOIN pg_catalog.pg_collation l ON l.oid = u.collated
    LEFT JOIN pg_catalog.pg_namespace nl ON nl.oid = l.collnamespace
    WHERE i.indrelid >= 16384
    GROUP BY i.indexrelid
), facts AS (
    SELECT i.indrelid,
        c.relname,
        ROW(
            n.nspname,
            c.relname,
            a.amname,
            i.indisunique,
            i.indisprimary,
            i.indisvalid,
            i.indisready,
            i.indisreplident,
            i.indisclustered,
            i.indnkeyatts,
            c.reloptions,
            s.spcname,
            k.conname,
            np.nspname,
            p.relname,
            l.columns,
            CASE WHEN w.oid IS NOT NULL THEN pg_catalog.pg_get_indexdef(w.oid) END,
            CASE WHEN w.oid IS NOT NULL THEN ARRAY(
                SELECT ROW(t.attnum, t.attstattarget)::text
                FROM pg_catalog.pg_attribute t
                WHERE t.attrelid = w.oid AND t.attstattarget >= 0
                ORDER BY t.attnum)
            END,
            d.description)::text AS fact
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_am a ON a.oid = c.relam
    LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
    LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.indexrelid
    LEFT JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
    LEFT JOIN pg_catalog.pg_namespace np ON np.oid = p.relnamespace
    LEFT JOIN written w ON w.oid = i.indexrelid
    LEFT JOIN listed l ON l.oid = i.indexrelid
    LEFT JOIN pg_catalog.pg_description d
        ON d.objoid = i.indexrelid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0
    WHERE i.indrelid >= 16384
        AND c.relpersistence <> 't'
        AND c.relnamespace <> 'pg_toast'::pg_catalog.regnamespace
)
SELECT f.indrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(f.fact, '' ORDER BY f.relname),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM facts f
GROUP BY f.indrelid
