-- A row is a relation that is there: its name, its file, and what this process has counted of its rows and not reported yet.
SELECT
    c.oid::bigint AS oid,
    n.nspname::text AS schema,
    c.relname::text AS name,
    c.relkind::text AS kind,
    i.indrelid::bigint AS of_table,
    c.relfilenode::bigint AS file,
    pg_catalog.pg_stat_get_xact_numscans(c.oid) AS scans,
    pg_catalog.pg_stat_get_xact_tuples_returned(c.oid) AS read,
    pg_catalog.pg_stat_get_xact_tuples_fetched(c.oid) AS fetched,
    pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) AS inserted,
    pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) AS updated,
    pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS deleted
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
WHERE c.relkind <> 'c' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relpersistence <> 't'
