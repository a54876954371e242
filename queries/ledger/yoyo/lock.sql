-- A row is a process that holds the lock, or held it when it was killed.
SELECT pid, ctime AT TIME ZONE 'UTC' AS since FROM {lock} WHERE locked = 1
