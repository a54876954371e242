-- A row is an index of a table with how often it was used, and how often the table was read whole, since statistics began.
SELECT i.indexrelid AS oid, i.idx_scan AS used, t.seq_scan AS read
FROM pg_catalog.pg_stat_all_indexes AS i
JOIN pg_catalog.pg_stat_all_tables AS t ON t.relid = i.relid
WHERE i.relid = %(table)s
