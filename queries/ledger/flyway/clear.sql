-- Takes out the rows that say of one migration that it failed; a repeatable one is known by its description.
DELETE FROM {table}
WHERE NOT success
    AND (version = %(version)s OR (version IS NULL AND description = %(description)s))
