-- One row is a relation and the digest of those NOT NULL constraints that are not as the server makes them (since 18).
SELECT k.conrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(
            ROW(
                a.attname,
                k.conname,
                k.convalidated,
                k.connoinherit,
                k.conislocal,
                k.coninhcount,
                d.description)::text,
            '' ORDER BY a.attnum),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = k.oid AND d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
WHERE k.contype = 'n'
    AND k.conrelid >= 16384
    AND (k.conname::text <> c.relname || '_' || a.attname || '_not_null'
        OR NOT k.convalidated
        OR k.connoinherit
        OR NOT k.conislocal
        OR k.coninhcount > 0
        OR d.description IS NOT NULL)
GROUP BY k.conrelid
