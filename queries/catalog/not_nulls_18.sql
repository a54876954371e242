-- One row is the NOT NULL constraint of a column (since 18).
SELECT k.oid, k.conrelid, k.conkey[1], k.conname, k.convalidated, k.connoinherit, k.conislocal, k.coninhcount
FROM pg_catalog.pg_constraint k
WHERE k.contype = 'n'
    AND k.conrelid >= 16384
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR k.conrelid = ANY (%(focus)s::pg_catalog.oid[]))
