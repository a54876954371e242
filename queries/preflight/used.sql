-- A row is a type, access method or operator class asked for that is there, in whatever schema.
SELECT k.value AS kind, n.value AS name
FROM pg_catalog.unnest(%(kinds)s::text[]) WITH ORDINALITY AS k (value, place)
JOIN pg_catalog.unnest(%(names)s::text[]) WITH ORDINALITY AS n (value, place) USING (place)
WHERE CASE k.value
    WHEN 'type' THEN EXISTS (SELECT FROM pg_catalog.pg_type AS t WHERE t.typname = n.value)
    WHEN 'access method' THEN EXISTS (SELECT FROM pg_catalog.pg_am AS m WHERE m.amname = n.value)
    ELSE EXISTS (SELECT FROM pg_catalog.pg_opclass AS c WHERE c.opcname = n.value)
END
