-- A row is an index of a table or of its partitions that is not valid, which no session is building.
WITH RECURSIVE tree (oid) AS (
    SELECT %(table)s::pg_catalog.oid
    UNION ALL
    SELECT h.inhrelid FROM tree AS t JOIN pg_catalog.pg_inherits AS h ON h.inhparent = t.oid
)
SELECT
    i.indexrelid AS oid,
    n.nspname::pg_catalog.text AS schema,
    c.relname::pg_catalog.text AS name,
    c.relkind::pg_catalog.text AS kind
FROM tree AS t
JOIN pg_catalog.pg_index AS i ON i.indrelid = t.oid AND NOT i.indisvalid
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_stat_progress_create_index AS b
    WHERE b.datname = pg_catalog.current_database() AND b.index_relid = i.indexrelid
)
ORDER BY c.relname COLLATE "C"
