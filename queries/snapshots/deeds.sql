-- A row is something that was done about a migration, in the order in which it was.
SELECT run::text AS run, version, outcome, at
FROM dbconsole.history
ORDER BY id
