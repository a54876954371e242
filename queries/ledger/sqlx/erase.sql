-- Records a migration as no longer applied.
DELETE FROM {table} WHERE version = %(version)s
