-- One row is an aggregate in its parts; names are qualified and quoted, "" for none.
SELECT a.aggfnoid::pg_catalog.oid,
    a.aggkind::text,
    a.aggtransfn::pg_catalog.regproc::text,
    pg_catalog.format_type(a.aggtranstype, NULL),
    a.aggtransspace,
    a.aggfinalfn::pg_catalog.regproc::text,
    a.aggfinalextra,
    a.aggfinalmodify::text,
    a.aggcombinefn::pg_catalog.regproc::text,
    a.aggserialfn::pg_catalog.regproc::text,
    a.aggdeserialfn::pg_catalog.regproc::text,
    a.agginitval,
    a.aggmtransfn::pg_catalog.regproc::text,
    a.aggminvtransfn::pg_catalog.regproc::text,
    pg_catalog.format_type(nullif(a.aggmtranstype, 0), NULL),
    a.aggmtransspace,
    a.aggmfinalfn::pg_catalog.regproc::text,
    a.aggmfinalextra,
    a.aggmfinalmodify::text,
    a.aggminitval,
    coalesce(pg_catalog.quote_ident(n.nspname) || '.' || o.oprname, '')
FROM pg_catalog.pg_aggregate a
LEFT JOIN pg_catalog.pg_operator o ON o.oid = a.aggsortop
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
WHERE a.aggfnoid >= 16384
