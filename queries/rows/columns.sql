-- A row is a column of the relation, in order: its type as shown and as cast to, and whether this role may read it.
-- `operators` is the schema of the operators that order the type, where it is another than PostgreSQL's own (citext).
SELECT
    a.attname::pg_catalog.text AS name,
    pg_catalog.format_type(a.atttypid, a.atttypmod) AS type_name,
    pg_catalog.format_type(a.atttypid, -1) AS cast_type,
    a.atttypid AS oid,
    t.typcategory = 'N' AS numeric,
    a.attnotnull AS not_null,
    coalesce((
        SELECT s.nspname::pg_catalog.text
        FROM pg_catalog.pg_opclass AS o
        JOIN pg_catalog.pg_am AS m ON m.oid = o.opcmethod AND m.amname = 'btree'
        JOIN pg_catalog.pg_amop AS p
            ON p.amopfamily = o.opcfamily AND p.amoplefttype = o.opcintype AND p.amoprighttype = o.opcintype
            AND p.amopstrategy = 3
        JOIN pg_catalog.pg_operator AS e ON e.oid = p.amopopr
        JOIN pg_catalog.pg_namespace AS s ON s.oid = e.oprnamespace AND s.nspname <> 'pg_catalog'
        WHERE o.opcdefault AND o.opcintype = coalesce(nullif(t.typbasetype, 0), t.oid)
    ), '') AS operators,
    a.attgenerated <> '' AS generated,
    a.attidentity = 'a' AS identity_always,
    pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS readable
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
WHERE n.nspname = %(schema)s AND c.relname = %(name)s AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
