-- One row is a relation and the digest of its constraints but NOT NULL; what a key is made of stands in its index.
WITH pairs AS (
    SELECT k.oid,
        pg_catalog.string_agg(ROW(a.attname, b.attname)::text, '' ORDER BY u.place) AS columns
    FROM pg_catalog.pg_constraint k
    CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(k.conkey), pg_catalog.unnest(k.confkey))
        WITH ORDINALITY u (mine, theirs, place)
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.mine
    LEFT JOIN pg_catalog.pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.theirs
    WHERE k.contype IN ('f', 'c', 'x') AND k.conrelid >= 16384
    GROUP BY k.oid
), checks AS MATERIALIZED (
    SELECT k.oid, k.conbin::text AS tree, k.conkey, l.columns, k.connoinherit, k.convalidated
    FROM pg_catalog.pg_constraint k
    JOIN pairs l ON l.oid = k.oid
    WHERE k.contype = 'c' AND 0 <> ALL (k.conkey)
), same AS (
    -- But for whole rows, a check says nothing of its table: equal ones on equal columns are written once for all.
    SELECT c.tree, c.conkey, c.columns, c.connoinherit, c.convalidated, min(c.oid) AS oid
    FROM checks c
    GROUP BY c.tree, c.conkey, c.columns, c.connoinherit, c.convalidated
), texts AS MATERIALIZED (
    SELECT s.*, pg_catalog.pg_get_constraintdef(s.oid) AS text
    FROM same s
), written AS (
    SELECT c.oid, t.text
    FROM checks c
    JOIN texts t USING (tree, conkey, columns, connoinherit, convalidated)
), facts AS (
    SELECT k.conrelid,
        k.conname,
        ROW(
            k.conname,
            k.contype,
            k.condeferrable,
            k.condeferred,
            k.convalidated,
            k.connoinherit,
            k.conislocal,
            k.coninhcount,
            k.confupdtype,
            k.confdeltype,
            k.confmatchtype,
            i.relname,
            ns.nspname,
            s.relname,
            np.nspname,
            r.relname,
            p.conname,
            l.columns,
            CASE
                WHEN w.oid IS NOT NULL THEN w.text
                WHEN k.contype IN ('c', 'x') THEN pg_catalog.pg_get_constraintdef(k.oid)
            END,
            d.description)::text AS fact
    FROM pg_catalog.pg_constraint k
    LEFT JOIN pg_catalog.pg_class i ON i.oid = k.conindid
    LEFT JOIN pg_catalog.pg_class s ON s.oid = k.confrelid
    LEFT JOIN pg_catalog.pg_namespace ns ON ns.oid = s.relnamespace
    LEFT JOIN pg_catalog.pg_constraint p ON p.oid = k.conparentid
    LEFT JOIN pg_catalog.pg_class r ON r.oid = p.conrelid
    LEFT JOIN pg_catalog.pg_namespace np ON np.oid = r.relnamespace
    LEFT JOIN pairs l ON l.oid = k.oid
    LEFT JOIN written w ON w.oid = k.oid
    LEFT JOIN pg_catalog.pg_description d
        ON d.objoid = k.oid AND d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
    WHERE k.contype IN ('p', 'u', 'c', 'f', 'x')
        AND k.conrelid >= 16384
        AND (p.oid IS NULL OR p.conrelid <> k.conrelid)
)
SELECT f.conrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(f.fact, '' ORDER BY f.conname),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM facts f
GROUP BY f.conrelid
