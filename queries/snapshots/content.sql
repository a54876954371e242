-- At most one row: what a snapshot holds.
SELECT content
FROM dbconsole.snapshots
WHERE id = %(id)s
