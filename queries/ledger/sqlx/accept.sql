-- Makes the row of a migration agree with its file: its number, its words, its checksum.
UPDATE {table}
SET
    version = %(version)s,
    description = %(description)s,
    checksum = pg_catalog.decode(%(checksum)s, 'hex')
WHERE version = %(before)s
