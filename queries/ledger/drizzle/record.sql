-- Records a migration as applied, as before version 1.
INSERT INTO {table} (hash, created_at) VALUES (%(hash)s, %(when)s)
