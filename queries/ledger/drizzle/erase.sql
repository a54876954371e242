-- Records a migration as no longer applied: the row of its time, or else of its text.
DELETE FROM {table}
WHERE id = (
    SELECT id
    FROM {table}
    WHERE created_at = %(when)s OR hash = %(hash)s
    ORDER BY created_at = %(when)s DESC NULLS LAST, id DESC
    LIMIT 1
)
