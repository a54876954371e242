-- Records how far a script outside a transaction is; if the next statement is doubtful, it is about to run alone.
INSERT INTO dbconsole.unfinished (version, name, direction, done, total, prefix, doubtful)
VALUES (%(version)s, %(name)s, %(direction)s, %(done)s, %(total)s, %(prefix)s, %(doubtful)s)
ON CONFLICT (version) DO UPDATE
SET done = excluded.done, total = excluded.total, prefix = excluded.prefix, doubtful = excluded.doubtful, error = NULL
