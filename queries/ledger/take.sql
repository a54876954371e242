-- One row when the lease is ours now, with whoever let it run out; a row that is locked belongs to somebody at work.
-- It may be ours already: when the answer to the first time was lost.
UPDATE dbconsole.lease AS lease
SET token = %(token)s::uuid,
    holder = %(holder)s,
    doing = %(doing)s,
    since = pg_catalog.clock_timestamp(),
    expires_at = pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => %(seconds)s)
FROM (
    SELECT name, token, holder, expires_at
    FROM dbconsole.lease
    WHERE name = 'migrations' AND (token IS NULL OR token = %(token)s::uuid OR expires_at < pg_catalog.clock_timestamp())
    FOR UPDATE SKIP LOCKED
) AS before
WHERE lease.name = before.name
RETURNING CASE WHEN before.token <> %(token)s::uuid THEN before.holder END AS after
