-- One row: the number of the next batch; numbers of batches that were rolled back are not used again.
SELECT COALESCE(pg_catalog.max(batch), 0) + 1 AS batch
FROM dbconsole.history
