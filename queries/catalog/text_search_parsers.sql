-- One row is a text search parser.
SELECT p.oid,
    p.prsnamespace,
    p.prsname,
    p.prsstart::pg_catalog.regproc::text,
    p.prstoken::pg_catalog.regproc::text,
    p.prsend::pg_catalog.regproc::text,
    p.prslextype::pg_catalog.regproc::text,
    p.prsheadline::pg_catalog.regproc::text
FROM pg_catalog.pg_ts_parser p
WHERE p.oid >= 16384
