-- One row: whether the advisory lock is ours until this transaction ends.
SELECT pg_catalog.pg_try_advisory_xact_lock(%(key)s) AS locked
