-- Records a migration as applied.
INSERT INTO {table} (version) VALUES (%(version)s)
