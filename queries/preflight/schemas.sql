-- A row is a schema asked for by name, an empty one for where the search path leads: whether this role may make things in
-- it, and whether it is as good as its owner.
SELECT
    a.name AS asked,
    n.nspname::text AS name,
    pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS creates,
    pg_catalog.pg_has_role(n.nspowner, 'USAGE') AS owns,
    pg_catalog.pg_get_userbyid(n.nspowner)::text AS owner
FROM pg_catalog.unnest(%(names)s::text[]) AS a (name)
JOIN pg_catalog.pg_namespace AS n
    ON n.nspname = CASE a.name WHEN '' THEN pg_catalog.current_schema()::text ELSE a.name END
