-- One row is an extension; whether initdb made it.
SELECT e.oid,
    e.extname,
    e.extowner,
    e.extversion,
    n.nspname,
    e.extrelocatable,
    e.oid < 16384
FROM pg_catalog.pg_extension e
JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
ORDER BY e.extname COLLATE "C"
