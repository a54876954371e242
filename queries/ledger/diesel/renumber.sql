-- Gives a version that is applied another number.
UPDATE {table} SET version = %(version)s WHERE version = %(before)s
