-- Whether a migration outside a transaction has stopped half-way.
EXISTS (SELECT FROM dbconsole.unfinished WHERE version = %(version)s)
