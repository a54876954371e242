-- One row: whether the advisory lock is ours until this connection ends.
SELECT pg_catalog.pg_try_advisory_lock(%(key)s) AS locked
