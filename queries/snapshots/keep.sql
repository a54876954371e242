-- Keeps a snapshot. It is after the migration that was the last to be applied of those that are applied now.
INSERT INTO dbconsole.snapshots (run, moment, after, horizon, counts, server_version, digest, content)
SELECT
    %(run)s::uuid,
    %(moment)s,
    COALESCE((
        SELECT pg_catalog.concat_ws('_', version, NULLIF(name, ''))
        FROM dbconsole.migrations ORDER BY position DESC LIMIT 1
    ), ''),
    %(horizon)s,
    %(counts)s,
    %(server_version)s,
    %(digest)s,
    %(content)s
