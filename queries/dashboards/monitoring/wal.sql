-- One row: how many bytes of write-ahead log were written since counting began.
SELECT wal_bytes AS bytes, stats_reset FROM pg_catalog.pg_stat_wal
