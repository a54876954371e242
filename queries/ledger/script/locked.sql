-- Whether somebody holds an advisory lock; if not, it is ours until the transaction ends.
NOT pg_catalog.pg_try_advisory_xact_lock(%(key)s)
