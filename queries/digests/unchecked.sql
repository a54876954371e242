-- One row is a relation and the digest of those constraints of it whose triggers do not fire as they do by themselves.
SELECT k.conrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(
            ROW(k.conname, t.tgtype, t.tgenabled)::text,
            '' ORDER BY k.conname, t.tgtype, t.tgenabled, t.tgfoid),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint
WHERE t.tgisinternal
    AND t.tgenabled <> 'O'
    AND k.conrelid >= 16384
GROUP BY k.conrelid
