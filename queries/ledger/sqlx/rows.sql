-- A row is a migration that sqlx has recorded, in the order of application.
SELECT version, success, pg_catalog.encode(checksum, 'hex') AS checksum, installed_on, execution_time
FROM {table}
ORDER BY installed_on, version
