-- Records that the newest snapshot still held when this run was done.
UPDATE dbconsole.snapshots
SET seen_at = pg_catalog.clock_timestamp(),
    after = COALESCE((
        SELECT pg_catalog.concat_ws('_', version, NULLIF(name, ''))
        FROM dbconsole.migrations ORDER BY position DESC LIMIT 1
    ), ''),
    xid = pg_catalog.pg_current_xact_id()::text::bigint,
    horizon = %(horizon)s,
    counts = %(counts)s
WHERE id = %(id)s
