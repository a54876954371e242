-- Makes what is recorded of a migration agree with its file; a repeatable one is known by its description.
UPDATE {table}
SET version = %(version)s,
    description = %(description)s,
    type = %(type)s,
    script = %(script)s,
    checksum = %(checksum)s::integer
WHERE installed_rank = (
    SELECT pg_catalog.max(installed_rank)
    FROM {table}
    WHERE success
        AND type NOT LIKE 'UNDO%%'
        AND (version = %(before)s OR (version IS NULL AND description = %(described)s))
)
