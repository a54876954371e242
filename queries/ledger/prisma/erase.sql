-- Records a migration as no longer applied. (If it were marked as rolled back, `prisma migrate status` would not see it.)
DELETE FROM {table} WHERE migration_name = %(name)s AND rolled_back_at IS NULL
