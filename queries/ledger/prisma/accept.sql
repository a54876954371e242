-- Makes the row of a migration say what its file says now.
UPDATE {table}
SET migration_name = %(name)s, checksum = %(checksum)s
WHERE migration_name = %(recorded)s AND rolled_back_at IS NULL
