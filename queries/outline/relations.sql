-- One row is a relation with what the tree shows beside it: kind, estimate of rows, pages, whether it is a partition.
SELECT c.oid,
    c.relnamespace,
    c.relkind::text,
    c.relname,
    c.reltuples,
    c.relpages,
    c.relispartition
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND (n.nspname !~ '^pg_(toast|temp)' OR n.oid = pg_catalog.pg_my_temp_schema())
    AND (%(system)s OR n.nspname NOT IN ('pg_catalog', 'information_schema'))
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
