-- One row: the process on the server that answers.
SELECT pg_catalog.pg_backend_pid() AS pid
