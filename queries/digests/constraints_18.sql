-- One row is a relation and the digest of its constraints that are temporal or not enforced (since 18).
SELECT k.conrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(ROW(k.conname, k.conperiod, k.conenforced)::text, '' ORDER BY k.conname),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_constraint k
WHERE k.conperiod OR NOT k.conenforced
GROUP BY k.conrelid
