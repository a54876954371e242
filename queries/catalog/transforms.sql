-- One row is a transform.
SELECT t.oid,
    pg_catalog.format_type(t.trftype, NULL),
    l.lanname,
    CASE WHEN t.trffromsql <> 0 THEN t.trffromsql::pg_catalog.oid::pg_catalog.regprocedure::text ELSE '' END,
    CASE WHEN t.trftosql <> 0 THEN t.trftosql::pg_catalog.oid::pg_catalog.regprocedure::text ELSE '' END
FROM pg_catalog.pg_transform t
JOIN pg_catalog.pg_language l ON l.oid = t.trflang
