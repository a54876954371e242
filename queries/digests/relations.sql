-- One row is a relation: its oid, its schema's, its name, its kind, whether an extension has made it, the digest of its row.
WITH parents AS (
    SELECT i.inhrelid AS oid,
        pg_catalog.array_agg(ROW(n.nspname, p.relname, i.inhdetachpending)::text ORDER BY i.inhseqno) AS names
    FROM pg_catalog.pg_inherits i
    JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
    JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
    GROUP BY i.inhrelid
), members AS (
    SELECT d.objid AS oid
    FROM pg_catalog.pg_depend d
    WHERE d.deptype = 'e' AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
)
SELECT c.oid,
    c.relnamespace,
    c.relname,
    c.relkind::text,
    m.oid IS NOT NULL,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        ROW(
            pg_catalog.pg_get_userbyid(c.relowner),
            c.relkind,
            c.relpersistence,
            c.relrowsecurity,
            c.relforcerowsecurity,
            c.relreplident,
            c.relispartition,
            c.relispopulated,
            a.amname,
            s.spcname,
            c.reloptions,
            t.reloptions,
            CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END,
            c.relacl::text[],
            p.names,
            CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
            pg_catalog.pg_get_expr(c.relpartbound, c.oid),
            CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END,
            r.srvname,
            f.ftoptions,
            d.description)::text,
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL
LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_foreign_table f ON f.ftrelid = c.oid
LEFT JOIN pg_catalog.pg_foreign_server r ON r.oid = f.ftserver
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0
LEFT JOIN parents p ON p.oid = c.oid
LEFT JOIN members m ON m.oid = c.oid
WHERE c.oid >= 16384
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND c.relpersistence <> 't'
