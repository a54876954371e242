-- A row is a column of vectors that this role may read: its table, type, length, and what the statistics say.
-- `names` are the tables wanted, partitions among them; without it all but partitions, which their table stands for.
-- A domain over a vector counts as one; a bit column does where an index of vectors is on it.
WITH RECURSIVE extension AS MATERIALIZED (
    SELECT e.oid, e.extnamespace, e.extversion
    FROM pg_catalog.pg_extension AS e
    WHERE e.extname = 'vector'
),
own AS MATERIALIZED (
    SELECT t.oid, t.typname::pg_catalog.text AS kind
    FROM extension AS e
    JOIN pg_catalog.pg_depend AS d
        ON d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.refobjid = e.oid
        AND d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'e'
    JOIN pg_catalog.pg_type AS t ON t.oid = d.objid AND t.typname IN ('vector', 'halfvec', 'sparsevec')
),
kinds AS MATERIALIZED (
    SELECT oid, kind, -1 AS modifier FROM own
    UNION ALL
    SELECT t.oid, o.kind, t.typtypmod
    FROM own AS o
    JOIN pg_catalog.pg_type AS t ON t.typbasetype = o.oid AND t.typtype = 'd'
),
found AS MATERIALIZED (
    SELECT a.attrelid, a.attnum, k.kind, greatest(a.atttypmod, k.modifier) AS modifier
    FROM kinds AS k
    JOIN pg_catalog.pg_attribute AS a ON a.atttypid = k.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION
    SELECT a.attrelid, a.attnum, 'bit', a.atttypmod
    FROM extension AS e
    JOIN pg_catalog.pg_am AS m ON m.amname IN ('hnsw', 'ivfflat')
    JOIN pg_catalog.pg_class AS x ON x.relam = m.oid AND x.relkind IN ('i', 'I')
    JOIN pg_catalog.pg_index AS i ON i.indexrelid = x.oid
    JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] AND a.atttypid = 'pg_catalog.bit'::pg_catalog.regtype
),
relations AS MATERIALIZED (
    SELECT DISTINCT c.oid, c.relname, c.relkind, c.reltuples, c.relpages, c.relhassubclass, n.nspname
    FROM found AS f
    JOIN pg_catalog.pg_class AS c ON c.oid = f.attrelid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND n.nspname !~ '^pg_(toast|temp)'
        AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
        AND CASE WHEN %(names)s::pg_catalog.text[] IS NULL THEN NOT c.relispartition
            ELSE c.relname = ANY (%(names)s::pg_catalog.text[]) END
),
-- Each table with all that stores its rows: itself, its partitions, the tables that inherit from it.
storing (root, oid) AS (
    SELECT r.oid, r.oid FROM relations AS r
    UNION
    SELECT s.root, h.inhrelid
    FROM storing AS s
    JOIN pg_catalog.pg_inherits AS h ON h.inhparent = s.oid
),
sizes AS MATERIALIZED (
    SELECT s.root, count(*) AS tables,
        sum(c.reltuples::pg_catalog.float8) FILTER (WHERE c.reltuples >= 0) AS rows,
        sum(c.relpages::pg_catalog.int8) AS pages
    FROM storing AS s
    JOIN pg_catalog.pg_class AS c ON c.oid = s.oid AND c.relkind IN ('r', 'm', 'f')
    GROUP BY s.root
)
SELECT
    r.oid AS table_oid,
    a.attnum AS number,
    r.nspname::pg_catalog.text AS schema,
    r.relname::pg_catalog.text AS table,
    a.attname::pg_catalog.text AS name,
    f.kind,
    nullif(f.modifier, -1) AS dimensions,
    (SELECT n.nspname::pg_catalog.text
        FROM extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace) AS extension,
    (SELECT e.extversion FROM extension AS e) AS version,
    r.relkind::pg_catalog.text AS relation_kind,
    coalesce(z.rows, -1)::pg_catalog.int8 AS rows,
    coalesce(z.pages, 0)::pg_catalog.int8
        * pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size,
    pg_catalog.row_security_active(r.oid) AS row_security,
    coalesce((
        SELECT ARRAY(
            SELECT k.attname::pg_catalog.text
            FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS p (attnum, place)
            JOIN pg_catalog.pg_attribute AS k ON k.attrelid = r.oid AND k.attnum = p.attnum
            WHERE p.place <= i.indnkeyatts
            ORDER BY p.place
        )
        FROM pg_catalog.pg_index AS i
        WHERE i.indrelid = r.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
            AND i.indpred IS NULL AND i.indexprs IS NULL
            -- The key of a parent says nothing about the rows of its children, that of a partitioned table does.
            AND NOT (r.relkind = 'r' AND coalesce(z.tables, 1) > 1)
            AND NOT EXISTS (
                SELECT
                FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS p (attnum, place)
                JOIN pg_catalog.pg_attribute AS k ON k.attrelid = r.oid AND k.attnum = p.attnum
                WHERE p.place <= i.indnkeyatts
                    -- No column of a materialised view is declared NOT NULL.
                    AND (NOT k.attnotnull AND r.relkind <> 'm'
                        OR NOT pg_catalog.has_column_privilege(r.oid, k.attnum, 'SELECT'))
            )
        ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
        LIMIT 1
    ), '{}') AS key,
    ARRAY(
        SELECT ARRAY[o.attname::pg_catalog.text, pg_catalog.format_type(o.atttypid, o.atttypmod)]
        FROM pg_catalog.pg_attribute AS o
        WHERE o.attrelid = r.oid AND o.attnum > 0 AND NOT o.attisdropped
            AND pg_catalog.has_column_privilege(r.oid, o.attnum, 'SELECT')
        ORDER BY o.attnum
    ) AS columns
FROM relations AS r
JOIN found AS f ON f.attrelid = r.oid
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid AND a.attnum = f.attnum
LEFT JOIN sizes AS z ON z.root = r.oid
WHERE pg_catalog.has_column_privilege(r.oid, a.attnum, 'SELECT')
ORDER BY r.nspname COLLATE "C", r.relname COLLATE "C", a.attnum
