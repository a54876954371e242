-- One row while the lease is ours: our process on the server, until when, in seconds, it is ours now, and the transaction.
-- First in a transaction it is its lock and its fence.
UPDATE dbconsole.lease
SET doing = %(doing)s,
    expires_at = pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => %(seconds)s)
WHERE name = 'migrations' AND token = %(token)s::uuid
RETURNING
    pg_catalog.pg_backend_pid() AS pid,
    EXTRACT(epoch FROM expires_at) AS until,
    pg_catalog.pg_current_xact_id()::text AS xid
