-- A row is a column of vectors that this role may read: its table, type, length, and what the statistics say.
-- `names` are the tables wanted, partitions among them; without it all but partitions, which their table stands for.
-- A domain over a vector counts as one; a bit column does where an index of vectors is on it.
-- Its key: of the table, or of the one table that a view shows the rows of; else where a row lies.
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
-- The columns of views that show the rows of one table, each at most once, with the column of the table each is.
-- What a view is made of stands in its rule; nothing is asked that waits for a lock on the table.
origins AS MATERIALIZED (
    SELECT w.ev_class AS view, min(n[3]::pg_catalog.oid) AS base, min(n[4]::pg_catalog.int2) AS number, a.attname
    FROM pg_catalog.pg_rewrite AS w
    CROSS JOIN LATERAL pg_catalog.regexp_matches(w.ev_action::pg_catalog.text,
        ':resno (\d+) :resname ((?:\\.|[^\s\\])+) :ressortgroupref \d+ :resorigtbl (\d+) :resorigcol (\d+)', 'g') AS n
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = w.ev_class AND a.attnum = n[1]::pg_catalog.int2
        AND a.attname::pg_catalog.text = pg_catalog.regexp_replace(n[2], '\\(.)', '\1', 'g')
    WHERE w.ev_class IN (SELECT r.oid FROM relations AS r WHERE r.relkind = 'v') AND w.ev_type = '1'
        AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
    GROUP BY w.ev_class, a.attname
    -- A part of the view's statement may have a column of that name in that place, too.
    HAVING count(DISTINCT (n[3], n[4])) = 1
),
locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks AS l
    JOIN pg_catalog.pg_database AS d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
),
-- Views of one table, row by row: those that the server would let write (2 to the power of 2 is UPDATE).
through AS MATERIALIZED (
    SELECT r.oid AS view, b.base
    FROM relations AS r
    JOIN (SELECT o.view, min(o.base) AS base FROM origins AS o WHERE o.base <> 0 GROUP BY o.view) AS b ON b.view = r.oid
    JOIN pg_catalog.pg_class AS c ON c.oid = b.base AND (c.relkind = 'p' OR c.relkind = 'r' AND NOT c.relhassubclass)
    WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w WHERE w.ev_class = r.oid AND w.ev_type <> '1')
        AND CASE
            WHEN EXISTS (SELECT FROM locked AS l WHERE l.relation IN (r.oid, b.base)) THEN false
            ELSE pg_catalog.pg_relation_is_updatable(r.oid, false) & 4 = 4
        END
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
    ), (
        SELECT k.names
        FROM through AS v
        JOIN pg_catalog.pg_index AS i ON i.indrelid = v.base
        CROSS JOIN LATERAL (
            SELECT array_agg(o.name::pg_catalog.text ORDER BY p.place) AS names, count(*) AS found
            FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS p (attnum, place)
            JOIN pg_catalog.pg_attribute AS k ON k.attrelid = v.base AND k.attnum = p.attnum AND k.attnotnull
            CROSS JOIN LATERAL (
                SELECT min(o.attname::pg_catalog.text) AS name
                FROM origins AS o
                WHERE o.view = v.view AND o.base = v.base AND o.number = p.attnum
            ) AS o
            WHERE p.place <= i.indnkeyatts AND o.name IS NOT NULL
        ) AS k
        WHERE v.view = r.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
            AND i.indpred IS NULL AND i.indexprs IS NULL AND k.found = i.indnkeyatts
        ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
        LIMIT 1
    ), CASE
        -- Where a row lies is told to those only who may read all of the table.
        WHEN r.relkind NOT IN ('r', 'p', 'm') OR NOT pg_catalog.has_table_privilege(r.oid, 'SELECT') THEN '{}'
        WHEN coalesce(z.tables, 1) > 1 OR r.relkind = 'p' THEN '{tableoid,ctid}'
        ELSE '{ctid}'
    END::pg_catalog.text[]) AS key,
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
