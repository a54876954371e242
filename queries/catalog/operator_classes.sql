-- One row is an operator class.
SELECT o.oid,
    o.opcnamespace,
    o.opcname,
    o.opcowner,
    a.amname,
    pg_catalog.format_type(o.opcintype, NULL),
    pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(f.opfname),
    o.opcdefault,
    coalesce(pg_catalog.format_type(nullif(o.opckeytype, 0), NULL), ''),
    o.opcfamily
FROM pg_catalog.pg_opclass o
JOIN pg_catalog.pg_am a ON a.oid = o.opcmethod
JOIN pg_catalog.pg_opfamily f ON f.oid = o.opcfamily
JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
WHERE o.oid >= 16384
