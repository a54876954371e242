-- A row, at most one, is what decides on an index of a column: the server's memory, the role's right, names, partitions.
WITH RECURSIVE tree (oid, parent, depth) AS (
    SELECT %(table)s::pg_catalog.oid, NULL::pg_catalog.oid, 0
    UNION ALL
    SELECT h.inhrelid, h.inhparent, t.depth + 1
    FROM tree AS t
    JOIN pg_catalog.pg_inherits AS h ON h.inhparent = t.oid
)
SELECT
    pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')) AS maintenance_work_mem,
    pg_catalog.pg_size_bytes(pg_catalog.current_setting('shared_buffers')) AS shared_buffers,
    pg_catalog.current_database()::pg_catalog.text AS database,
    coalesce((
        SELECT a.default_version::pg_catalog.text FROM pg_catalog.pg_available_extensions AS a WHERE a.name = 'vector'
    ), '') AS available,
    pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owned,
    coalesce((
        SELECT max(s.null_frac)::pg_catalog.float8
        FROM pg_catalog.pg_stats AS s
        WHERE s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = %(column)s
    ), 0) AS null_fraction,
    ARRAY(
        SELECT o.relname::pg_catalog.text
        FROM pg_catalog.pg_class AS o
        WHERE o.relnamespace IN (
            SELECT p.relnamespace FROM tree AS t JOIN pg_catalog.pg_class AS p ON p.oid = t.oid
        )
            AND o.relname ~ '_(hnsw|ivfflat)(_[0-9]+)?$'
    ) AS names,
    ARRAY(
        SELECT pg_catalog.json_build_array(
            p.oid::pg_catalog.int8, t.parent::pg_catalog.int8, m.nspname, p.relname, p.relkind, p.reltuples)
        FROM tree AS t
        JOIN pg_catalog.pg_class AS p ON p.oid = t.oid
        JOIN pg_catalog.pg_namespace AS m ON m.oid = p.relnamespace
        WHERE t.depth > 0
        ORDER BY t.depth, m.nspname COLLATE "C", p.relname COLLATE "C"
    ) AS below
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.oid = %(table)s
