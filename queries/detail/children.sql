-- One row is a partition of the relation, or a table that inherits from it.
SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name, c.relispartition AS partition,
    nullif(c.reltuples, -1)::double precision AS rows, c.relpages::bigint * 8192 AS bytes
FROM pg_catalog.pg_inherits i
JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE i.inhparent = %(oid)s
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
