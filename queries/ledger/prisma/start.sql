-- Records that a migration is about to be applied.
INSERT INTO {table} (id, checksum, started_at, migration_name)
VALUES (%(id)s, %(checksum)s, pg_catalog.clock_timestamp(), %(name)s)
