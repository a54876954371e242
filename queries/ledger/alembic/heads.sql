-- A row is a revision up to which migrations are applied: one for each branch.
SELECT version_num FROM {table} ORDER BY version_num COLLATE "C"
