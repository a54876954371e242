-- One row is a function, procedure or aggregate: kind, name, types of its arguments.
SELECT p.oid,
    p.pronamespace,
    p.prokind::text,
    p.proname,
    coalesce((
        SELECT pg_catalog.string_agg(pg_catalog.format_type(a.type, NULL), ', ' ORDER BY a.place)
        FROM pg_catalog.unnest(p.proargtypes) WITH ORDINALITY a (type, place)), '')
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE (n.nspname !~ '^pg_(toast|temp)' OR n.oid = pg_catalog.pg_my_temp_schema())
    AND (%(system)s OR n.nspname NOT IN ('pg_catalog', 'information_schema'))
ORDER BY n.nspname COLLATE "C", p.proname COLLATE "C"
