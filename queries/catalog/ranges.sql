-- One row is a range type in its parts; an operator class or collation that is the subtype's own is null.
SELECT r.rngtypid,
    r.rngmultitypid,
    pg_catalog.format_type(r.rngsubtype, NULL),
    CASE WHEN NOT o.opcdefault THEN pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(o.opcname) END,
    CASE WHEN r.rngcollation <> t.typcollation THEN r.rngcollation END,
    r.rngcanonical::pg_catalog.regproc::text,
    r.rngsubdiff::pg_catalog.regproc::text,
    pg_catalog.format_type(r.rngmultitypid, NULL)
FROM pg_catalog.pg_range r
JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc
JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
JOIN pg_catalog.pg_type t ON t.oid = r.rngsubtype
WHERE r.rngtypid >= 16384
