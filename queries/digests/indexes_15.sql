-- One row is a relation and the digest of the names of its indexes for which nulls are not distinct (since 15).
SELECT i.indrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(ROW(c.relname)::text, '' ORDER BY c.relname),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE i.indnullsnotdistinct
GROUP BY i.indrelid
