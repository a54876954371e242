-- Adds to the history what was done, by whom and with what outcome.
INSERT INTO dbconsole.history
    (run, batch, version, name, direction, outcome, checksum, statements, duration_ms, operator, error)
VALUES
    (%(run)s::uuid, %(batch)s, %(version)s, %(name)s, %(direction)s, %(outcome)s, %(checksum)s, %(statements)s,
     %(duration_ms)s, %(operator)s, %(error)s)
