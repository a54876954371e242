-- Gives a migration that is applied the name of its file.
UPDATE {table} SET name = %(name)s WHERE name = %(before)s
