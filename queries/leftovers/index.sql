-- A row is an index of a table, found as a statement without a schema would find the table, with whether it is whole.
-- `busy` tells that a session builds it right now. Indexes of the table's TOAST table are among them.
SELECT
    n.nspname::text AS schema,
    c.relname::text AS name,
    i.indisvalid AND i.indisready AND i.indislive AS whole,
    EXISTS (
        SELECT FROM pg_catalog.pg_stat_progress_create_index AS p
        INNER JOIN pg_catalog.pg_locks AS l ON l.pid = p.pid
        WHERE l.relation = i.indrelid
            AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())
            AND l.mode = 'ShareUpdateExclusiveLock'
            AND l.granted
            AND (coalesce(p.index_relid, 0::pg_catalog.oid) IN (0::pg_catalog.oid, i.indexrelid) OR p.command LIKE 'REINDEX%%')
    ) AS busy
FROM (
    SELECT coalesce(x.indrelid, r.oid) AS oid
    FROM pg_catalog.pg_class AS r
    LEFT JOIN pg_catalog.pg_index AS x ON x.indexrelid = r.oid
    WHERE r.oid = pg_catalog.to_regclass(%(relation)s)
) AS on_table
INNER JOIN pg_catalog.pg_class AS t ON t.oid = on_table.oid
INNER JOIN pg_catalog.pg_index AS i ON i.indrelid IN (t.oid, t.reltoastrelid)
INNER JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid AND c.relkind = 'i'
INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
