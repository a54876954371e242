-- One row is an index for which nulls are not distinct (since 15).
SELECT i.indexrelid
FROM pg_catalog.pg_index i
WHERE i.indnullsnotdistinct
