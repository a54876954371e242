-- Records a migration as applied; a row of an attempt that did not come to its end becomes that of this one.
INSERT INTO {table} AS l (version, description, success, checksum, execution_time)
VALUES (
    %(version)s,
    %(description)s,
    TRUE,
    pg_catalog.decode(%(checksum)s, 'hex'),
    CAST(%(milliseconds)s AS bigint) * 1000000
)
ON CONFLICT (version) DO UPDATE SET
    description = excluded.description,
    installed_on = excluded.installed_on,
    success = TRUE,
    checksum = excluded.checksum,
    execution_time = excluded.execution_time
WHERE NOT l.success
