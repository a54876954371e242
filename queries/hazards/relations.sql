-- A row is a relation asked for by name: its size with all partitions and children, of an index that of its table; its columns.
-- What an exclusive lock would keep us from measuring has no size. Rows are the planner's, null where it never looked.
WITH RECURSIVE asked AS (
    SELECT s.value AS schema, n.value AS name
    FROM pg_catalog.unnest(%(schemas)s::text[]) WITH ORDINALITY AS s (value, place)
    JOIN pg_catalog.unnest(%(names)s::text[]) WITH ORDINALITY AS n (value, place) USING (place)
), found AS (
    SELECT a.schema, a.name, c.oid, n.nspname, c.relname, c.relkind, i.indrelid, coalesce(i.indrelid, c.oid) AS measured
    FROM asked AS a
    JOIN pg_catalog.pg_class AS c ON c.relname = a.name
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        AND CASE a.schema WHEN '' THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = a.schema END
    LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
), family AS (
    SELECT DISTINCT measured AS root, measured AS member FROM found
    UNION
    SELECT f.root, h.inhrelid FROM family AS f JOIN pg_catalog.pg_inherits AS h ON h.inhparent = f.member
), locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks AS l
    JOIN pg_catalog.pg_database AS d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
), sizes AS (
    SELECT
        f.root,
        pg_catalog.count(*) - 1 AS children,
        pg_catalog.bool_and(c.reltuples >= 0) FILTER (WHERE c.relkind IN ('r', 'm')) AS looked,
        pg_catalog.sum(c.reltuples) FILTER (WHERE c.relkind IN ('r', 'm')) AS rows,
        pg_catalog.bool_or(l.relation IS NOT NULL) AS locked,
        pg_catalog.sum(
            CASE WHEN l.relation IS NULL AND c.relkind IN ('r', 'm') THEN pg_catalog.pg_table_size(c.oid) END
        ) AS bytes
    FROM family AS f
    JOIN pg_catalog.pg_class AS c ON c.oid = f.member
    LEFT JOIN (SELECT DISTINCT relation FROM locked) AS l ON l.relation = c.oid
    GROUP BY f.root
)
SELECT
    f.schema,
    f.name,
    f.nspname::text AS found_schema,
    f.relname::text AS found_name,
    f.relkind::text AS kind,
    CASE WHEN s.looked THEN s.rows::bigint END AS rows,
    CASE WHEN NOT s.locked THEN s.bytes::bigint END AS bytes,
    s.children::int AS children,
    t.relname::text AS table_name,
    tn.nspname::text AS table_schema,
    (
        SELECT pg_catalog.json_agg(pg_catalog.json_build_array(
            a.attname,
            coalesce(e.typname, y.typname),
            a.atttypmod,
            e.typname IS NOT NULL,
            y.typtype = 'b' AND coalesce(yn.nspname = 'pg_catalog', false),
            (a.attnotnull AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_constraint AS k
                WHERE k.conrelid = f.oid AND k.contype = 'n' AND NOT k.convalidated AND k.conkey = ARRAY[a.attnum]
            )) OR EXISTS (
                SELECT FROM pg_catalog.pg_constraint AS k
                WHERE k.conrelid = f.oid AND k.contype = 'c' AND k.convalidated AND k.conkey = ARRAY[a.attnum]
                    AND k.conbin::text LIKE '{NULLTEST %%:nulltesttype 1 %%'
            ),
            EXISTS (
                SELECT FROM pg_catalog.pg_constraint AS k
                WHERE k.conrelid = f.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)
            )
        ))
        FROM pg_catalog.pg_attribute AS a
        JOIN pg_catalog.pg_type AS y ON y.oid = a.atttypid
        JOIN pg_catalog.pg_namespace AS yn ON yn.oid = y.typnamespace
        LEFT JOIN pg_catalog.pg_type AS e ON e.oid = y.typelem AND e.typarray = y.oid
        WHERE a.attrelid = f.oid AND a.attnum > 0 AND NOT a.attisdropped AND f.relkind IN ('r', 'p', 'f', 'm')
    ) AS columns
FROM found AS f
JOIN sizes AS s ON s.root = f.measured
LEFT JOIN pg_catalog.pg_class AS t ON t.oid = f.indrelid
LEFT JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
