-- Gives the row of a migration the version that its file has now.
UPDATE {table} SET version = %(version)s WHERE version = %(recorded)s
