-- A row is a migration that is applied, in the order of application.
SELECT name, batch, migration_time FROM {table} WHERE name IS NOT NULL ORDER BY id
