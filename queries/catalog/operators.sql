-- One row is an operator; names are qualified and quoted, operators as schema.sign, "" for none.
SELECT o.oid,
    o.oprnamespace,
    o.oprname,
    o.oprowner,
    coalesce(pg_catalog.format_type(nullif(o.oprleft, 0), NULL), ''),
    coalesce(pg_catalog.format_type(nullif(o.oprright, 0), NULL), ''),
    coalesce(pg_catalog.format_type(nullif(o.oprresult, 0), NULL), ''),
    o.oprcode::pg_catalog.regproc::text,
    coalesce(pg_catalog.quote_ident(cn.nspname) || '.' || c.oprname, ''),
    coalesce(pg_catalog.quote_ident(nn.nspname) || '.' || n.oprname, ''),
    o.oprrest::pg_catalog.regproc::text,
    o.oprjoin::pg_catalog.regproc::text,
    o.oprcanmerge,
    o.oprcanhash
FROM pg_catalog.pg_operator o
LEFT JOIN pg_catalog.pg_operator c ON c.oid = o.oprcom
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = c.oprnamespace
LEFT JOIN pg_catalog.pg_operator n ON n.oid = o.oprnegate
LEFT JOIN pg_catalog.pg_namespace nn ON nn.oid = n.oprnamespace
WHERE o.oid >= 16384
    AND o.oprcode <> 0
