-- A row is a vector column by schema, table and name: its length, its type, the table's primary key and other columns.
SELECT
    a.atttypmod AS dimensions,
    v.nspname::pg_catalog.text AS type_schema,
    t.typname::pg_catalog.text AS type_name,
    ARRAY(
        SELECT o.attname::pg_catalog.text
        FROM pg_catalog.pg_attribute AS o
        WHERE o.attrelid = c.oid AND o.attnum > 0 AND NOT o.attisdropped
        ORDER BY o.attnum
    ) AS columns,
    ARRAY(
        SELECT ARRAY[k.attname::pg_catalog.text, s.nspname::pg_catalog.text, y.typname::pg_catalog.text]
        FROM pg_catalog.pg_index AS i
        CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS p (attnum, place)
        JOIN pg_catalog.pg_attribute AS k ON k.attrelid = i.indrelid AND k.attnum = p.attnum
        JOIN pg_catalog.pg_type AS y ON y.oid = k.atttypid
        JOIN pg_catalog.pg_namespace AS s ON s.oid = y.typnamespace
        WHERE i.indrelid = c.oid AND i.indisprimary AND p.place <= i.indnkeyatts
        ORDER BY p.place
    ) AS key,
    ARRAY(
        SELECT ARRAY[m.nspname::pg_catalog.text, x.relname::pg_catalog.text]
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_namespace AS m ON m.oid = x.relnamespace
        JOIN pg_catalog.pg_am AS w ON w.oid = x.relam
        WHERE i.indrelid = c.oid AND w.amname = 'ivfflat' AND i.indkey[0] = a.attnum
        ORDER BY x.relname COLLATE "C"
    ) AS lists
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
JOIN pg_catalog.pg_namespace AS v ON v.oid = t.typnamespace
WHERE n.nspname = %(schema)s AND c.relname = %(table)s AND a.attname = %(column)s
