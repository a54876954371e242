-- One row is a text search template.
SELECT t.oid,
    t.tmplnamespace,
    t.tmplname,
    t.tmpllexize::pg_catalog.regproc::text,
    t.tmplinit::pg_catalog.regproc::text
FROM pg_catalog.pg_ts_template t
WHERE t.oid >= 16384
