-- One row: whether the newest row of a migration says that it is applied; a repeatable one as it stands now.
SELECT coalesce(
    (
        SELECT
            type NOT LIKE 'UNDO%%'
            AND type NOT LIKE 'DELETE%%'
            AND (version IS NOT NULL OR checksum IS NOT DISTINCT FROM %(checksum)s::integer)
        FROM {table}
        WHERE success
            AND type NOT IN ('SCHEMA', 'BASELINE', 'INIT')
            AND (version = %(version)s OR (version IS NULL AND description = %(description)s))
        ORDER BY installed_rank DESC
        LIMIT 1
    ),
    false
) AS held
