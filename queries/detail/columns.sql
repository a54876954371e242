-- One row is a column in its place, with the column a foreign key of its own points at, and what ANALYZE knows of it.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT a.attnum AS number,
    a.attname::text AS name,
    pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
    a.attnotnull AS not_null,
    CASE WHEN a.attrelid NOT IN (SELECT l.relation FROM locked l) THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END
        AS "default",
    a.attgenerated::text AS generated,
    a.attidentity::text AS identity,
    CASE WHEN a.attcollation <> t.typcollation THEN o.collname::text ELSE '' END AS collation,
    pg_catalog.col_description(a.attrelid, a.attnum) AS comment,
    EXISTS (
        SELECT FROM pg_catalog.pg_index i
        WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey::pg_catalog.int2[])) AS primary_key,
    f.confrelid AS refers_to,
    fn.nspname::text AS refers_schema,
    fc.relname::text AS refers_table,
    fa.attname::text AS refers_column,
    s.null_frac::double precision AS null_fraction,
    s.n_distinct::double precision AS distinct_values
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation
LEFT JOIN LATERAL (
    SELECT k.confrelid, k.confkey[1] AS number
    FROM pg_catalog.pg_constraint k
    WHERE k.conrelid = a.attrelid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]
    ORDER BY k.conparentid, k.oid
    LIMIT 1
) f ON true
LEFT JOIN pg_catalog.pg_class fc ON fc.oid = f.confrelid
LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
LEFT JOIN pg_catalog.pg_attribute fa ON fa.attrelid = f.confrelid AND fa.attnum = f.number
LEFT JOIN pg_catalog.pg_stats s
    ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname AND NOT s.inherited
WHERE a.attrelid = %(oid)s
    AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY a.attnum
