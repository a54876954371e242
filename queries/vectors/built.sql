-- A row, at most one, is an index by name, with the bytes it takes, its partitions' together.
WITH RECURSIVE tree (oid) AS (
    SELECT c.oid
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = %(schema)s AND c.relname = %(name)s AND c.relkind IN ('i', 'I')
    UNION ALL
    SELECT h.inhrelid FROM tree AS t JOIN pg_catalog.pg_inherits AS h ON h.inhparent = t.oid
)
SELECT coalesce(sum(c.relpages::pg_catalog.int8), 0)::pg_catalog.int8
    * pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size
FROM tree AS t
JOIN pg_catalog.pg_class AS c ON c.oid = t.oid
HAVING count(*) > 0
