-- One row when the lease is ours now, with whoever let it run out; a row that is locked belongs to somebody at work.
UPDATE dbconsole.lease AS lease
SET token = %(token)s::uuid,
    holder = %(holder)s,
    doing = %(doing)s,
    since = pg_catalog.clock_timestamp(),
    expires_at = pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => %(seconds)s)
FROM (
    SELECT name, holder, expires_at
    FROM dbconsole.lease
    WHERE name = 'migrations' AND (token IS NULL OR expires_at < pg_catalog.clock_timestamp())
    FOR UPDATE SKIP LOCKED
) AS before
WHERE lease.name = before.name
RETURNING before.holder, before.expires_at
