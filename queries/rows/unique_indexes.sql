-- A row is a unique index that could tell rows apart: valid, of plain columns, over the whole relation; the best first.
SELECT
    x.relname::pg_catalog.text AS name,
    i.indisprimary AS primary,
    coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::pg_catalog.bool, false) AS nulls_not_distinct,
    k.columns,
    k.not_null
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid
JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
CROSS JOIN LATERAL (
    SELECT
        pg_catalog.array_agg(a.attname::pg_catalog.text ORDER BY p.place) AS columns,
        pg_catalog.bool_and(a.attnotnull) AS not_null,
        -- Another collation than the column's own may find different what the column finds equal.
        pg_catalog.bool_and(i.indcollation[(p.place - 1)::pg_catalog.int4] IN (0, a.attcollation)) AS same_collation
    FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS p (attnum, place)
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = p.attnum
    WHERE p.place <= i.indnkeyatts
) AS k
WHERE n.nspname = %(schema)s AND c.relname = %(name)s
    AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND k.same_collation
ORDER BY i.indisprimary DESC, k.not_null DESC, i.indnkeyatts, x.relname COLLATE "C"
