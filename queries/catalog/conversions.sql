-- One row is a conversion.
SELECT c.oid,
    c.connamespace,
    c.conname,
    c.conowner,
    pg_catalog.pg_encoding_to_char(c.conforencoding),
    pg_catalog.pg_encoding_to_char(c.contoencoding),
    c.conproc::pg_catalog.regproc::text,
    c.condefault
FROM pg_catalog.pg_conversion c
WHERE c.oid >= 16384
