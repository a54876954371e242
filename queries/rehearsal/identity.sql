-- One row: the number that tells this server from all others; a copy of its files has the same.
SELECT system_identifier::text FROM pg_catalog.pg_control_system()
