-- One row is a type that someone made, with the parts of a base type and a domain; names are qualified and quoted.
SELECT t.oid,
    t.typnamespace,
    t.typname,
    t.typtype::text,
    t.typowner,
    t.typrelid,
    t.typisdefined,
    t.typinput::pg_catalog.regproc::text,
    t.typoutput::pg_catalog.regproc::text,
    t.typreceive::pg_catalog.regproc::text,
    t.typsend::pg_catalog.regproc::text,
    t.typmodin::pg_catalog.regproc::text,
    t.typmodout::pg_catalog.regproc::text,
    t.typanalyze::pg_catalog.regproc::text,
    t.typsubscript::pg_catalog.regproc::text,
    t.typlen,
    t.typbyval,
    t.typalign::text,
    t.typstorage::text,
    t.typcategory::text,
    t.typispreferred,
    CASE WHEN t.typtype = 'd' THEN pg_catalog.pg_get_expr(t.typdefaultbin, 0) ELSE t.typdefault END,
    coalesce(pg_catalog.format_type(nullif(t.typelem, 0), NULL), ''),
    t.typdelim::text,
    t.typcollation <> 0,
    pg_catalog.format_type(nullif(t.typbasetype, 0), t.typtypmod),
    t.typnotnull,
    CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation END
FROM pg_catalog.pg_type t
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
WHERE t.oid >= 16384
    AND t.typtype <> 'm'
    AND coalesce(c.relkind, 'c') = 'c'
    AND e.typarray IS DISTINCT FROM t.oid
