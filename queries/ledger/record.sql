-- Records a migration as applied.
INSERT INTO dbconsole.migrations (version, name, checksum, batch, duration_ms)
VALUES (%(version)s, %(name)s, %(checksum)s, %(batch)s, %(duration_ms)s)
