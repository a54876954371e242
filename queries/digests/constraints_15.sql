-- One row is a relation and the digest of its foreign keys that set only some of their columns (since 15).
SELECT k.conrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(
            ROW(
                k.conname,
                ARRAY(
                    SELECT a.attname
                    FROM pg_catalog.unnest(k.confdelsetcols) WITH ORDINALITY u (number, place)
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number
                    ORDER BY u.place))::text,
            '' ORDER BY k.conname),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_constraint k
WHERE k.confdelsetcols IS NOT NULL
GROUP BY k.conrelid
