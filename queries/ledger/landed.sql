-- One row while the lease is ours: whether a transaction that renewed it until then was committed. It waits for its end.
SELECT EXTRACT(epoch FROM expires_at) >= %(until)s::numeric AS landed
FROM dbconsole.lease
WHERE name = 'migrations' AND token = %(token)s::uuid
FOR UPDATE
