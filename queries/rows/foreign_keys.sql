-- One row a foreign key of a relation: its name, its columns, and the relation and columns it points at, in its order.
SELECT
    c.conname::text AS name,
    ARRAY(
        SELECT a.attname::text
        FROM pg_catalog.unnest(c.conkey) WITH ORDINALITY AS k(attnum, place)
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
        ORDER BY k.place
    ) AS columns,
    fn.nspname::text AS to_schema,
    f.relname::text AS to_name,
    ARRAY(
        SELECT a.attname::text
        FROM pg_catalog.unnest(c.confkey) WITH ORDINALITY AS k(attnum, place)
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.confrelid AND a.attnum = k.attnum
        ORDER BY k.place
    ) AS to_columns
FROM pg_catalog.pg_constraint AS c
JOIN pg_catalog.pg_class AS r ON r.oid = c.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace
JOIN pg_catalog.pg_class AS f ON f.oid = c.confrelid
JOIN pg_catalog.pg_namespace AS fn ON fn.oid = f.relnamespace
WHERE c.contype = 'f' AND n.nspname = %(schema)s AND r.relname = %(name)s AND c.conparentid = 0
ORDER BY pg_catalog.cardinality(c.conkey), c.conname
