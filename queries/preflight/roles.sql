-- A row is a role asked for by name that is there.
SELECT r.rolname::text AS name FROM pg_catalog.pg_roles AS r WHERE r.rolname = ANY (%(names)s)
