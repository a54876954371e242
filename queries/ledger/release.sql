-- Gives the lease back, if it is still ours.
UPDATE dbconsole.lease
SET token = NULL, holder = NULL, doing = NULL, since = NULL, expires_at = NULL
WHERE name = 'migrations' AND token = %(token)s::uuid
