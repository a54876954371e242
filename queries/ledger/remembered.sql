-- A row is a migration with the newest thing that the history says of its being applied.
SELECT DISTINCT ON (version) version, name, outcome, checksum, batch, at, duration_ms
FROM dbconsole.history
WHERE outcome IN ('applied', 'rolled_back', 'adopted', 'accepted')
ORDER BY version, id DESC
