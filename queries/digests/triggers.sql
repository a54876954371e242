-- One row is a relation and the digest of the triggers that someone made on it, copies from above among them.
SELECT t.tgrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(
            ROW(
                t.tgname,
                t.tgenabled,
                t.tgconstraint <> 0,
                n.nspname,
                c.relname,
                p.tgname,
                pg_catalog.pg_get_triggerdef(t.oid),
                d.description)::text,
            '' ORDER BY t.tgname),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_trigger t
LEFT JOIN pg_catalog.pg_trigger p ON p.oid = t.tgparentid
LEFT JOIN pg_catalog.pg_class c ON c.oid = p.tgrelid
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = t.oid AND d.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
WHERE (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstrrelid = 0))
    AND t.tgrelid >= 16384
GROUP BY t.tgrelid
