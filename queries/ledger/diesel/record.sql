-- Records a version as applied.
INSERT INTO {table} (version) VALUES (%(version)s)
