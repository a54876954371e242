-- A row is an index that orders by a distance between vectors, with the column it is of and what its operator is.
-- Where an ACCESS EXCLUSIVE lock is on the table, those with a text are left out: whoever reads it waits for the lock.
WITH RECURSIVE extension AS MATERIALIZED (
    SELECT e.extnamespace FROM pg_catalog.pg_extension AS e WHERE e.extname = 'vector'
),
locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks AS l
    JOIN pg_catalog.pg_database AS d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
),
families AS MATERIALIZED (
    SELECT o.oid AS opclass, r.oprname::pg_catalog.text AS operator, t.typname::pg_catalog.text AS kind
    FROM extension AS e
    JOIN pg_catalog.pg_operator AS r ON r.oprnamespace = e.extnamespace AND r.oprname = ANY (%(operators)s)
    JOIN pg_catalog.pg_amop AS p ON p.amopopr = r.oid AND p.amoppurpose = 'o'
    JOIN pg_catalog.pg_opclass AS o ON o.opcfamily = p.amopfamily AND o.opcintype = p.amoplefttype
    JOIN pg_catalog.pg_type AS t ON t.oid = o.opcintype
),
found AS MATERIALIZED (
    SELECT i.indexrelid, i.indrelid, f.operator, f.kind, m.amname::pg_catalog.text AS method, x.relname, x.reloptions,
        x.relnamespace, i.indisvalid AND i.indisready AS valid, i.indkey[0] AS number, i.indexprs, i.indpred
    FROM families AS f
    JOIN pg_catalog.pg_index AS i ON i.indclass[0] = f.opclass
    JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
    JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
    JOIN pg_catalog.pg_class AS c ON c.oid = i.indrelid
    WHERE (i.indexprs IS NULL AND i.indpred IS NULL OR i.indrelid NOT IN (SELECT l.relation FROM locked AS l))
        AND CASE WHEN %(names)s::pg_catalog.text[] IS NULL THEN NOT c.relispartition
            ELSE c.relname = ANY (%(names)s::pg_catalog.text[]) END
),
storing (root, oid) AS (
    SELECT f.indexrelid, f.indexrelid FROM found AS f
    UNION
    SELECT s.root, h.inhrelid
    FROM storing AS s
    JOIN pg_catalog.pg_inherits AS h ON h.inhparent = s.oid
),
sizes AS MATERIALIZED (
    SELECT s.root,
        sum(x.reltuples::pg_catalog.float8) FILTER (WHERE x.reltuples >= 0) AS entries,
        sum(x.relpages::pg_catalog.int8) AS pages
    FROM storing AS s
    JOIN pg_catalog.pg_class AS x ON x.oid = s.oid AND x.relkind = 'i'
    GROUP BY s.root
)
SELECT
    f.indrelid AS table_oid,
    -- An expression belongs to the one column that it is of.
    coalesce(nullif(f.number, 0), (
        SELECT min(n[1]::pg_catalog.int4)
        FROM pg_catalog.regexp_matches(f.indexprs::pg_catalog.text, ':varattno (\d+)', 'g') AS n
        HAVING count(DISTINCT n[1]) = 1
    )) AS number,
    f.indexrelid AS oid,
    n.nspname::pg_catalog.text AS schema,
    f.relname::pg_catalog.text AS name,
    f.method,
    f.operator,
    f.kind,
    nullif(greatest(a.atttypmod, t.typtypmod), -1) AS dimensions,
    coalesce(pg_catalog.pg_get_expr(f.indexprs, f.indrelid), '') AS expression,
    coalesce(pg_catalog.pg_get_expr(f.indpred, f.indrelid), '') AS predicate,
    coalesce(f.reloptions, '{}') AS options,
    f.valid,
    coalesce(z.pages, 0)::pg_catalog.int8
        * pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size,
    coalesce(z.entries, -1)::pg_catalog.int8 AS entries,
    b.pid,
    b.phase,
    b.blocks_done,
    b.blocks_total,
    b.tuples_done,
    b.tuples_total,
    b.lockers_done,
    b.lockers_total,
    b.partitions_done,
    b.partitions_total
FROM found AS f
JOIN pg_catalog.pg_namespace AS n ON n.oid = f.relnamespace
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = f.indexrelid AND a.attnum = 1
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN sizes AS z ON z.root = f.indexrelid
LEFT JOIN pg_catalog.pg_stat_progress_create_index AS b
    ON b.datname = pg_catalog.current_database() AND b.index_relid = f.indexrelid
ORDER BY f.relname COLLATE "C"
