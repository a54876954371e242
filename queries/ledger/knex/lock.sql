-- One row: whether a run holds the lock, or one that was killed.
SELECT EXISTS (SELECT FROM {lock} WHERE is_locked <> 0) AS locked
