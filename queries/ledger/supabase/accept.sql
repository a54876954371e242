-- Makes the row of a migration say what its file says now.
UPDATE {table}
SET version = %(version)s, name = %(name)s, statements = %(statements)s::text[]
WHERE version = %(recorded)s
