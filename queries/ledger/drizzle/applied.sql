-- A row is a migration that is applied, in the order of application; tables from before version 1 have no names.
SELECT id, hash, created_at, {name} AS name, {applied_at} AS applied_at FROM {table} ORDER BY id
