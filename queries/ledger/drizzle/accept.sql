-- Makes the row of a migration say what its file says now.
UPDATE {table} SET hash = %(hash)s, created_at = %(when)s WHERE created_at = %(recorded)s
