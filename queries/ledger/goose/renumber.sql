-- Gives a version that is applied another number.
UPDATE {table} SET version_id = %(version)s WHERE version_id = %(before)s
