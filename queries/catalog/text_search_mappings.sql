-- One row is a token type of a configuration with its dictionaries in order.
SELECT m.mapcfg,
    t.alias,
    pg_catalog.array_agg(
        pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(d.dictname) ORDER BY m.mapseqno)
FROM pg_catalog.pg_ts_config_map m
JOIN pg_catalog.pg_ts_config c ON c.oid = m.mapcfg
JOIN LATERAL pg_catalog.ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
JOIN pg_catalog.pg_ts_dict d ON d.oid = m.mapdict
JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
WHERE m.mapcfg >= 16384
GROUP BY m.mapcfg, t.alias
ORDER BY m.mapcfg, t.alias COLLATE "C"
