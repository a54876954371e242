-- One row is a text search dictionary.
SELECT d.oid,
    d.dictnamespace,
    d.dictname,
    d.dictowner,
    pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.tmplname),
    d.dictinitoption
FROM pg_catalog.pg_ts_dict d
JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
WHERE d.oid >= 16384
