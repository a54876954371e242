-- A row is an extension asked for by name that is installed or offered here: its versions, and who may make it.
-- `requires` are the extensions that the version asked for needs, else the default one; null where there is no such version.
SELECT
    w.name,
    e.extversion AS installed,
    a.default_version AS offered,
    v.version IS NOT NULL AS has_version,
    coalesce(v.superuser, false) AND NOT coalesce(v.trusted, false) AS superuser_only,
    coalesce(v.superuser, false) AND coalesce(v.trusted, false) AS trusted,
    coalesce(v.requires::text[], '{}') AS requires,
    ARRAY(
        SELECT i.extname::text FROM pg_catalog.pg_extension AS i WHERE i.extname = ANY (v.requires)
    ) AS required_there
FROM pg_catalog.unnest(%(names)s::text[]) WITH ORDINALITY AS w (name, place)
JOIN pg_catalog.unnest(%(versions)s::text[]) WITH ORDINALITY AS z (version, place) USING (place)
LEFT JOIN pg_catalog.pg_extension AS e ON e.extname = w.name
LEFT JOIN pg_catalog.pg_available_extensions AS a ON a.name = w.name
LEFT JOIN pg_catalog.pg_available_extension_versions AS v
    ON v.name = w.name AND v.version = coalesce(nullif(z.version, ''), a.default_version)
WHERE e.oid IS NOT NULL OR a.name IS NOT NULL
