-- Records the version the database is at.
INSERT INTO {table} (version, dirty) VALUES (%(version)s, %(dirty)s)
