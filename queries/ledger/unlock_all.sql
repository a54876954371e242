-- One row: gives back what locks this connection has taken outside a transaction.
SELECT pg_catalog.pg_advisory_unlock_all() AS unlocked
