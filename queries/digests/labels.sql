-- One row is a relation and the digest of the security labels on it and on its columns.
SELECT l.objoid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(
            ROW(a.attname, l.provider, l.label)::text,
            '' ORDER BY l.objsubid, l.provider COLLATE "C"),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_seclabel l
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = l.objoid AND a.attnum = l.objsubid AND l.objsubid > 0
WHERE l.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
GROUP BY l.objoid
