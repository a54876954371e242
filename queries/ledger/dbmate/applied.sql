-- A row is a migration that is applied, in the order of versions, which is all that dbmate knows.
SELECT version FROM {table} ORDER BY version COLLATE "C"
