-- Records a migration as applied, as since version 1.
INSERT INTO {table} (hash, created_at, name) VALUES (%(hash)s, %(when)s, %(name)s)
