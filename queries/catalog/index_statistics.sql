-- One row is an expression column of an index with a statistics target of its own.
SELECT a.attrelid, a.attnum, a.attstattarget
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
WHERE c.relkind IN ('i', 'I')
    AND a.attstattarget >= 0
    AND a.attrelid >= 16384
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR a.attrelid = ANY (ARRAY(
        SELECT i.indexrelid FROM pg_catalog.pg_index i WHERE i.indrelid = ANY (%(focus)s::pg_catalog.oid[]))))
ORDER BY a.attrelid, a.attnum
