-- A row is a table or materialised view: its rows by the planner's estimate, its bytes with indexes and TOAST.
-- What an exclusive lock would keep us from measuring is null; so are the rows of what was never analysed.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks AS l
    JOIN pg_catalog.pg_database AS d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT
    n.nspname::text AS schema,
    c.relname::text AS name,
    CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS rows,
    CASE WHEN NOT EXISTS (
        SELECT FROM locked AS l
        WHERE l.relation = c.oid
            OR l.relation IN (SELECT i.indexrelid FROM pg_catalog.pg_index AS i WHERE i.indrelid = c.oid)
    ) THEN pg_catalog.pg_total_relation_size(c.oid) END AS bytes
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'm')
    AND n.nspname <> 'information_schema'
    AND n.nspname !~ '^pg_'
