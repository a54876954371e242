-- Keeps other runs waiting until the transaction ends.
    PERFORM FROM dbconsole.lease WHERE name = 'migrations' FOR UPDATE;
