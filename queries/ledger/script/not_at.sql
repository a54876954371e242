-- Whether a migration outside a transaction is not where the script goes on.
NOT EXISTS (
        SELECT FROM dbconsole.unfinished
        WHERE version = %(version)s
            AND direction = %(direction)s
            AND done = %(done)s
            AND prefix = %(prefix)s
            AND doubtful = %(doubtful)s
    )
