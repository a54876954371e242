-- One row is a class of pg_catalog that older servers have not: its name, how many of them a person has made.
SELECT 'pg_parameter_acl', count(*)
FROM pg_catalog.pg_parameter_acl x
UNION ALL
SELECT 'pg_publication_namespace', count(*)
FROM pg_catalog.pg_publication_namespace x
