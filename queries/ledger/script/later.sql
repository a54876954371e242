-- Whether something was run since the script was printed.
EXISTS (SELECT FROM dbconsole.history WHERE batch >= %(batch)s)
