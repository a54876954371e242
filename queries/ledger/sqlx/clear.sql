-- Takes out the row of a migration that did not come to its end.
DELETE FROM {table} WHERE version = %(version)s AND NOT success
