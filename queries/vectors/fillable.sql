-- A row is a vector column by schema, table and name: its length and type, its table's columns, key and ivfflat indexes.
WITH asked AS (
    SELECT
        c.oid AS table_oid,
        c.relkind,
        c.relpages,
        a.attname,
        a.atttypmod,
        a.attgenerated,
        v.nspname AS type_schema,
        t.typname AS type_name
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    JOIN pg_catalog.pg_namespace AS v ON v.oid = t.typnamespace
    WHERE n.nspname = %(schema)s AND c.relname = %(table)s AND a.attname = %(column)s
),
-- The primary key, else the shortest unique index that tells every row apart.
best AS (
    SELECT i.indexrelid, i.indkey, i.indnkeyatts
    FROM asked
    JOIN pg_catalog.pg_index AS i ON i.indrelid = asked.table_oid
    WHERE i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
        AND NOT EXISTS (
            SELECT
            FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS p (attnum, place)
            JOIN pg_catalog.pg_attribute AS k ON k.attrelid = i.indrelid AND k.attnum = p.attnum
            WHERE p.place <= i.indnkeyatts AND NOT k.attnotnull
        )
    ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
    LIMIT 1
)
SELECT
    asked.relkind::pg_catalog.text AS relation_kind,
    known.pages,
    known.tuples,
    asked.atttypmod AS dimensions,
    asked.type_schema::pg_catalog.text AS type_schema,
    asked.type_name::pg_catalog.text AS type_name,
    ARRAY(
        SELECT ARRAY[o.attname::pg_catalog.text, s.nspname::pg_catalog.text, y.typname::pg_catalog.text]
        FROM pg_catalog.pg_attribute AS o
        JOIN pg_catalog.pg_type AS y ON y.oid = o.atttypid
        JOIN pg_catalog.pg_namespace AS s ON s.oid = y.typnamespace
        WHERE o.attrelid = asked.table_oid AND o.attnum > 0 AND NOT o.attisdropped
        ORDER BY o.attnum
    ) AS columns,
    ARRAY(
        SELECT ARRAY[k.attname::pg_catalog.text, s.nspname::pg_catalog.text, y.typname::pg_catalog.text]
        FROM best
        CROSS JOIN LATERAL pg_catalog.unnest(best.indkey::pg_catalog.int2[]) WITH ORDINALITY AS p (attnum, place)
        JOIN pg_catalog.pg_attribute AS k ON k.attrelid = asked.table_oid AND k.attnum = p.attnum
        JOIN pg_catalog.pg_type AS y ON y.oid = k.atttypid
        JOIN pg_catalog.pg_namespace AS s ON s.oid = y.typnamespace
        WHERE p.place <= best.indnkeyatts
        ORDER BY p.place
    ) AS key,
    -- Of a partitioned table those of its partitions: its own cannot be built again in a transaction.
    ARRAY(
        SELECT ARRAY[m.nspname::pg_catalog.text, x.relname::pg_catalog.text]
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid AND x.relkind = 'i'
        JOIN pg_catalog.pg_namespace AS m ON m.oid = x.relnamespace
        JOIN pg_catalog.pg_am AS w ON w.oid = x.relam
        WHERE w.amname = 'ivfflat'
            AND (
                i.indrelid = asked.table_oid
                OR i.indrelid IN (SELECT l.relid FROM pg_catalog.pg_partition_tree(asked.table_oid) AS l WHERE l.isleaf)
            )
            AND EXISTS (
                SELECT
                FROM pg_catalog.pg_depend AS d
                JOIN pg_catalog.pg_attribute AS e ON e.attrelid = d.refobjid AND e.attnum = d.refobjsubid
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                    AND d.objid = i.indexrelid
                    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                    AND d.refobjid = i.indrelid
                    AND e.attname = asked.attname
            )
        ORDER BY m.nspname COLLATE "C", x.relname COLLATE "C"
    ) AS lists,
    -- The words that enums take, and what checks of a single column say.
    ARRAY(
        SELECT ARRAY[o.attname::pg_catalog.text, l.enumlabel::pg_catalog.text]
        FROM pg_catalog.pg_attribute AS o
        JOIN pg_catalog.pg_enum AS l ON l.enumtypid = o.atttypid
        WHERE o.attrelid = asked.table_oid AND o.attnum > 0 AND NOT o.attisdropped
        ORDER BY o.attnum, l.enumsortorder
    ) AS labels,
    ARRAY(
        SELECT ARRAY[o.attname::pg_catalog.text, pg_catalog.pg_get_expr(k.conbin, k.conrelid)]
        FROM pg_catalog.pg_constraint AS k
        JOIN pg_catalog.pg_attribute AS o ON o.attrelid = k.conrelid AND o.attnum = k.conkey[1]
        WHERE k.conrelid = asked.table_oid AND k.contype = 'c' AND pg_catalog.cardinality(k.conkey) = 1
        ORDER BY k.conname COLLATE "C"
    ) AS checks,
    asked.attgenerated <> '' AS generated,
    pg_catalog.row_security_active(asked.table_oid) AS secured
FROM asked
-- What the statistics know of it, or of its partitions.
CROSS JOIN LATERAL (
    SELECT
        coalesce(pg_catalog.sum(greatest(p.relpages, 0)), 0)::pg_catalog.int8 AS pages,
        coalesce(pg_catalog.sum(greatest(p.reltuples, 0)), 0)::pg_catalog.int8 AS tuples
    FROM pg_catalog.pg_class AS p
    WHERE (p.oid = asked.table_oid AND p.relkind <> 'p')
        OR p.oid IN (SELECT l.relid FROM pg_catalog.pg_partition_tree(asked.table_oid) AS l WHERE l.isleaf)
) AS known
