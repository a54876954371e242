-- No row: statistics and visibility maps for a database that was just filled.
VACUUM (ANALYZE)
