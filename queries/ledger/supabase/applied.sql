-- A row is a migration that is applied, in the order of versions; older tables have no name and no statements.
SELECT version, {name} AS name, {statements} AS statements FROM {table} ORDER BY version COLLATE "C"
