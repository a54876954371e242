-- One row at most: the newest version that is applied, and whether something stopped half-way there.
SELECT version, dirty
FROM {table}
LIMIT 1
