-- One row: whether a version is recorded as applied; the newest row of a version counts.
SELECT coalesce(
    (SELECT is_applied FROM {table} WHERE version_id = %(version)s ORDER BY id DESC LIMIT 1),
    false
) AS held
