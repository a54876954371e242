-- One row: whether the database is at a version or beyond it; a version marked as dirty is not reached.
SELECT EXISTS (
    SELECT FROM {table} WHERE version > %(version)s OR (version = %(version)s AND NOT dirty)
) AS held
