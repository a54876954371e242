-- Records a migration as applied.
INSERT INTO {table} (name, run_on) VALUES (%(name)s, pg_catalog.now())
