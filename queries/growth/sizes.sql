-- A row is the size in bytes of the database (without a name) or of one of its largest tables, with indexes and TOAST.
-- Partitions count for their table. One that somebody has locked wholly is left out, since its size would wait.
WITH candidates AS (
    SELECT c.oid, coalesce(pg_catalog.pg_partition_root(c.oid), c.oid) AS root
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm')
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_locks AS l
            WHERE l.locktype = 'relation' AND l.relation = c.oid AND l.mode = 'AccessExclusiveLock'
        )
    ORDER BY c.relpages DESC, c.oid
    LIMIT %(looked_at)s
),
tables AS (
    SELECT x.root, sum(pg_catalog.pg_total_relation_size(x.oid))::pg_catalog.int8 AS bytes
    FROM candidates AS x
    GROUP BY x.root
    ORDER BY 2 DESC NULLS LAST, x.root
    LIMIT %(most)s
)
SELECT NULL AS name, pg_catalog.pg_database_size(pg_catalog.current_database()) AS bytes
UNION ALL
SELECT pg_catalog.concat(n.nspname, '.', c.relname), t.bytes
FROM tables AS t
JOIN pg_catalog.pg_class AS c ON c.oid = t.root
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE t.bytes IS NOT NULL
