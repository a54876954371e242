-- One row is a parent of a table or index; in order of the parents.
SELECT i.inhrelid, i.inhparent, i.inhdetachpending
FROM pg_catalog.pg_inherits i
ORDER BY i.inhrelid, i.inhseqno
