-- Records a version as applied.
INSERT INTO {table} (version_id, is_applied) VALUES (%(version)s, true)
