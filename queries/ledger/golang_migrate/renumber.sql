-- Gives the version the database is at another number.
UPDATE {table} SET version = %(version)s WHERE version = %(before)s
