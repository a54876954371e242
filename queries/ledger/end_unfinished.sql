-- Records that a script outside a transaction has come to its end.
DELETE FROM dbconsole.unfinished WHERE version = %(version)s
