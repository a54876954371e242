-- Drops all snapshots but the newest ones.
DELETE FROM dbconsole.snapshots
WHERE id NOT IN (SELECT id FROM dbconsole.snapshots ORDER BY id DESC LIMIT %(keep)s)
