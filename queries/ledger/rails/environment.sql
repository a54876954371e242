-- A row is what Rails calls the environment of this database.
SELECT value FROM {metadata} WHERE key = 'environment'
