-- One row is an object of a rarer kind: its kind in words, oid, schema's oid (0 for none), name, and a detail.
SELECT o.kind, o.oid, o.schema, o.name, o.detail
FROM (
    SELECT 'extension' AS kind, e.oid, 0::oid AS schema, e.extname::text AS name, e.extversion AS detail
    FROM pg_catalog.pg_extension e
    UNION ALL
    SELECT 'event trigger', t.oid, 0, t.evtname, t.evtevent
    FROM pg_catalog.pg_event_trigger t
    UNION ALL
    SELECT 'publication', p.oid, 0, p.pubname, ''
    FROM pg_catalog.pg_publication p
    UNION ALL
    SELECT 'subscription', s.oid, 0, s.subname, ''
    FROM pg_catalog.pg_subscription s
    JOIN pg_catalog.pg_database d ON d.oid = s.subdbid AND d.datname = pg_catalog.current_database()
    UNION ALL
    SELECT 'foreign data wrapper', w.oid, 0, w.fdwname, ''
    FROM pg_catalog.pg_foreign_data_wrapper w
    UNION ALL
    SELECT 'server', s.oid, 0, s.srvname, coalesce(s.srvtype, '')
    FROM pg_catalog.pg_foreign_server s
    UNION ALL
    SELECT 'language', l.oid, 0, l.lanname, ''
    FROM pg_catalog.pg_language l
    WHERE l.oid >= 16384
    UNION ALL
    SELECT 'role', r.oid, 0, r.rolname, CASE WHEN r.rolsuper THEN 'superuser' WHEN r.rolcanlogin THEN 'login' ELSE '' END
    FROM pg_catalog.pg_roles r
    UNION ALL
    SELECT 'collation', c.oid, c.collnamespace, c.collname, ''
    FROM pg_catalog.pg_collation c
    WHERE c.collnamespace <> 'pg_catalog'::pg_catalog.regnamespace OR %(system)s
    UNION ALL
    SELECT 'conversion', c.oid, c.connamespace, c.conname, ''
    FROM pg_catalog.pg_conversion c
    WHERE c.connamespace <> 'pg_catalog'::pg_catalog.regnamespace OR %(system)s
    UNION ALL
    SELECT 'operator', o.oid, o.oprnamespace, o.oprname,
        concat_ws(', ', CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE pg_catalog.format_type(o.oprleft, NULL) END,
            pg_catalog.format_type(o.oprright, NULL))
    FROM pg_catalog.pg_operator o
    WHERE o.oprnamespace <> 'pg_catalog'::pg_catalog.regnamespace OR %(system)s
    UNION ALL
    SELECT 'operator class', o.oid, o.opcnamespace, o.opcname, a.amname
    FROM pg_catalog.pg_opclass o
    JOIN pg_catalog.pg_am a ON a.oid = o.opcmethod
    WHERE o.opcnamespace <> 'pg_catalog'::pg_catalog.regnamespace OR %(system)s
    UNION ALL
    SELECT 'operator family', o.oid, o.opfnamespace, o.opfname, a.amname
    FROM pg_catalog.pg_opfamily o
    JOIN pg_catalog.pg_am a ON a.oid = o.opfmethod
    WHERE o.opfnamespace <> 'pg_catalog'::pg_catalog.regnamespace OR %(system)s
    UNION ALL
    SELECT 'text search configuration', t.oid, t.cfgnamespace, t.cfgname, ''
    FROM pg_catalog.pg_ts_config t
    WHERE t.cfgnamespace <> 'pg_catalog'::pg_catalog.regnamespace OR %(system)s
    UNION ALL
    SELECT 'text search dictionary', t.oid, t.dictnamespace, t.dictname, ''
    FROM pg_catalog.pg_ts_dict t
    WHERE t.dictnamespace <> 'pg_catalog'::pg_catalog.regnamespace OR %(system)s
    UNION ALL
    SELECT 'text search parser', t.oid, t.prsnamespace, t.prsname, ''
    FROM pg_catalog.pg_ts_parser t
    WHERE t.prsnamespace <> 'pg_catalog'::pg_catalog.regnamespace OR %(system)s
    UNION ALL
    SELECT 'text search template', t.oid, t.tmplnamespace, t.tmplname, ''
    FROM pg_catalog.pg_ts_template t
    WHERE t.tmplnamespace <> 'pg_catalog'::pg_catalog.regnamespace OR %(system)s
) o
ORDER BY o.kind, o.schema, o.name COLLATE "C", o.detail
