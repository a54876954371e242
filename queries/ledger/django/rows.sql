-- A row is a migration of some apps that is applied, in the order of application.
SELECT app, name, applied FROM {table} WHERE app = ANY (%(apps)s) ORDER BY id
