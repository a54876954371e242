-- Records a migration as applied, with its statements.
INSERT INTO {table} (version, name, statements) VALUES (%(version)s, %(name)s, %(statements)s::text[])
