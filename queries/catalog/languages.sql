-- One row is a language that PostgreSQL does not bring itself.
SELECT l.oid,
    l.lanname,
    l.lanowner,
    l.lanpltrusted,
    l.lanplcallfoid::pg_catalog.regproc::text,
    l.laninline::pg_catalog.regproc::text,
    l.lanvalidator::pg_catalog.regproc::text
FROM pg_catalog.pg_language l
WHERE l.oid >= 16384
