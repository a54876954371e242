-- One row is a collation; columns that only newer versions have are null in older ones.
SELECT c.oid,
    c.collnamespace,
    c.collname,
    c.collowner,
    c.collprovider::text,
    c.collisdeterministic,
    j.row ->> 'collcollate',
    j.row ->> 'collctype',
    coalesce(j.row ->> 'colllocale', j.row ->> 'colliculocale'),
    j.row ->> 'collicurules'
FROM pg_catalog.pg_collation c
CROSS JOIN LATERAL pg_catalog.to_jsonb(c) AS j (row)
WHERE c.oid >= 16384
