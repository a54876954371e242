-- A row is a relation on which this process holds a lock: the modes, and the relation as it is in this transaction now.
-- What the transaction has dropped has no name any more.
WITH held AS MATERIALIZED (
    SELECT l.relation AS oid, pg_catalog.array_agg(DISTINCT l.mode) AS modes
    FROM pg_catalog.pg_locks AS l
    WHERE l.pid = pg_catalog.pg_backend_pid() AND l.granted AND l.locktype = 'relation'
    GROUP BY l.relation
)
SELECT
    h.oid::bigint AS oid,
    n.nspname::text AS schema,
    c.relname::text AS name,
    c.relkind::text AS kind,
    i.indrelid::bigint AS of_table,
    c.relfilenode::bigint AS file,
    pg_catalog.pg_stat_get_xact_numscans(h.oid) AS scans,
    pg_catalog.pg_stat_get_xact_tuples_returned(h.oid) AS read,
    pg_catalog.pg_stat_get_xact_tuples_fetched(h.oid) AS fetched,
    pg_catalog.pg_stat_get_xact_tuples_inserted(h.oid) AS inserted,
    pg_catalog.pg_stat_get_xact_tuples_updated(h.oid) AS updated,
    pg_catalog.pg_stat_get_xact_tuples_deleted(h.oid) AS deleted,
    h.modes
FROM held AS h
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = h.oid
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = h.oid
WHERE coalesce(n.nspname, '') NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
