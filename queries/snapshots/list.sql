-- A row is a snapshot with what it holds, oldest first.
SELECT run::text AS run, moment, after, taken_at, seen_at, server_version, content
FROM dbconsole.snapshots
ORDER BY id
