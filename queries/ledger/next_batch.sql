-- One row: the number of the next batch; numbers of batches that were rolled back are not used again.
SELECT GREATEST(
    (SELECT pg_catalog.max(batch) FROM dbconsole.history),
    (SELECT pg_catalog.max(batch) FROM dbconsole.migrations),
    0
) + 1 AS batch
