-- A row, always one, says since when an index is as it is: the tables it is of, and the transactions that built it there.
-- Behind it, what a search has for ivfflat.probes, null where nobody has set it.
WITH RECURSIVE tree (oid) AS (
    SELECT %(index)s::pg_catalog.oid
    UNION ALL
    SELECT h.inhrelid FROM tree AS t JOIN pg_catalog.pg_inherits AS h ON h.inhparent = t.oid
)
SELECT
    coalesce(pg_catalog.array_agg(i.indrelid::pg_catalog.int8), '{}') AS tables,
    -- REINDEX writes the row anew; ANALYZE and VACUUM do not.
    coalesce(pg_catalog.array_agg(c.xmin::pg_catalog.text), '{}') AS built,
    pg_catalog.current_setting('ivfflat.probes', true) AS probes
FROM tree AS t
JOIN pg_catalog.pg_class AS c ON c.oid = t.oid AND c.relkind = 'i'
JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
