-- One row is a relation with a name, or a part with one, that a statement might want to give to something else.
SELECT coalesce(i.indrelid, c.oid)
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
WHERE c.oid >= 16384
    AND pg_catalog.strpos(c.relname, '__before') > 0 -- what is put aside
UNION
-- What the server would choose for a NOT NULL of another table (18).
SELECT c.oid
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
LEFT JOIN pg_catalog.pg_attribute a ON k.contype = 'n' AND a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
WHERE k.conrelid >= 16384
    AND pg_catalog.right(k.conname, 9) = '_not_null'
    AND (a.attname IS NULL OR k.conname::text <> c.relname || '_' || a.attname || '_not_null')
    -- The name that a partition has from above is that of a table which stands in the same schema.
    AND (k.coninhcount = 0 OR EXISTS (
        SELECT
        FROM pg_catalog.pg_inherits h
        JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
        WHERE h.inhrelid = c.oid AND p.relnamespace <> c.relnamespace))
