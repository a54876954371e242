-- One row is the relation: what it is, whose, how large (by pages, which takes no lock), when it was last looked after.
WITH locked AS MATERIALIZED (
    SELECT l.relation, l.pid, l.granted
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
), reads_locked AS MATERIALIZED (
    SELECT EXISTS (
        SELECT
        FROM pg_catalog.pg_rewrite r
        JOIN pg_catalog.pg_depend d ON d.objid = r.oid
        WHERE r.ev_class = %(oid)s
            AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
            AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.refobjid IN (SELECT l.relation FROM locked l)) AS yes
)
SELECT c.oid,
    n.nspname::text AS schema,
    c.relname::text AS name,
    c.relkind::text AS relkind,
    pg_catalog.pg_get_userbyid(c.relowner)::text AS owner,
    pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
    nullif(c.reltuples, -1)::double precision AS rows,
    c.relpages::bigint * 8192 AS bytes,
    coalesce((
        SELECT sum(i.relpages)
        FROM pg_catalog.pg_index x
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        WHERE x.indrelid = c.oid), 0)::bigint * 8192 AS index_bytes,
    coalesce(t.relpages, 0)::bigint * 8192 AS toast_bytes,
    c.relpersistence::text AS persistence,
    coalesce(a.amname::text, '') AS access_method,
    coalesce(s.spcname::text, '') AS tablespace,
    coalesce(c.reloptions, '{}') AS options,
    c.relrowsecurity AS row_security,
    c.relforcerowsecurity AS force_row_security,
    CASE WHEN c.relkind = 'm' THEN c.relispopulated ELSE true END AS populated,
    (SELECT p.oid FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
        WHERE h.inhrelid = c.oid AND c.relispartition) AS partition_of,
    CASE WHEN c.relispartition AND NOT k.yes THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS partition_bound,
    CASE WHEN c.relkind = 'p' AND NOT k.yes THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
    CASE WHEN c.relkind IN ('v', 'm') AND NOT w.yes THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition,
    u.seq_scan AS seq_scans,
    u.idx_scan AS index_scans,
    u.n_live_tup AS live_rows,
    u.n_dead_tup AS dead_rows,
    greatest(u.last_vacuum, u.last_autovacuum)::text AS last_vacuum,
    greatest(u.last_analyze, u.last_autoanalyze)::text AS last_analyze,
    (SELECT l.pid FROM locked l WHERE l.relation = c.oid ORDER BY l.granted DESC LIMIT 1) AS locked_by
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_catalog.pg_stat_all_tables u ON u.relid = c.oid
CROSS JOIN LATERAL (SELECT c.oid IN (SELECT l.relation FROM locked l) AS yes) k
CROSS JOIN reads_locked w
WHERE c.oid = %(oid)s
