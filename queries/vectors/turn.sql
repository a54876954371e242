-- A row tells whether this session may build indexes of a table: it has the lock for that, and no other process builds one.
-- `mine` says that it has the lock already.
SELECT
    locked.yes AS locked,
    coalesce((
        SELECT min(p.pid)
        FROM pg_catalog.pg_stat_progress_create_index AS p
        WHERE p.datname = pg_catalog.current_database()
            AND p.pid <> pg_catalog.pg_backend_pid()
            AND p.relid IN (
                SELECT %(table)s::pg_catalog.oid
                UNION ALL
                SELECT l.relid FROM pg_catalog.pg_partition_tree(%(table)s::pg_catalog.oid::pg_catalog.regclass) AS l
            )
    ), 0) AS builder
FROM (
    SELECT CASE
        WHEN %(mine)s THEN true
        ELSE pg_catalog.pg_try_advisory_lock(
            pg_catalog.hashtextextended('dbconsole: indexes of ' || %(table)s::pg_catalog.int8, 0)
        )
    END AS yes
) AS locked
