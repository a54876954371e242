-- Makes the row of a migration agree with its file.
UPDATE dbconsole.migrations
SET version = %(version)s, name = %(name)s, checksum = %(checksum)s
WHERE version = %(recorded)s
