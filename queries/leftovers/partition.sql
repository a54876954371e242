-- One row while the partition belongs to its parent: whether a DETACH of it was begun and not finished.
SELECT inhdetachpending AS pending
FROM pg_catalog.pg_inherits
WHERE inhparent = pg_catalog.to_regclass(%(parent)s)
    AND inhrelid = pg_catalog.to_regclass(%(partition)s)
