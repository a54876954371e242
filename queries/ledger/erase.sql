-- Records a migration as no longer applied.
DELETE FROM dbconsole.migrations WHERE version = %(version)s
