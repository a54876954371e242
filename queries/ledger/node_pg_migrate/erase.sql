-- Records a migration as no longer applied.
DELETE FROM {table} WHERE name = %(name)s
