-- One row is a text search configuration.
SELECT c.oid,
    c.cfgnamespace,
    c.cfgname,
    c.cfgowner,
    pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.prsname)
FROM pg_catalog.pg_ts_config c
JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
WHERE c.oid >= 16384
