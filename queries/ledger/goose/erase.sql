-- Records a version as no longer applied.
DELETE FROM {table} WHERE version_id = %(version)s
