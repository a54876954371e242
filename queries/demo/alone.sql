-- One row, once nobody else makes or drops demo databases on this server: the right to do so, until the session ends.
SELECT pg_catalog.pg_advisory_lock(7236834911302775)
