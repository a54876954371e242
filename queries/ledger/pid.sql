-- One row: our own process on the server.
SELECT pg_catalog.pg_backend_pid() AS pid
