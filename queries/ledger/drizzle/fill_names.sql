-- Names the rows from before version 1 after the migrations of the same second, or else of the same text.
UPDATE {table} AS recorded
SET name = known.name, applied_at = NULL
FROM (
    SELECT each.id, migration.name
    FROM {table} AS each
    CROSS JOIN LATERAL (
        SELECT found.name
        FROM ROWS FROM (
            pg_catalog.unnest(%(names)s::text[]),
            pg_catalog.unnest(%(seconds)s::bigint[]),
            pg_catalog.unnest(%(hashes)s::text[])
        ) AS found (name, second, hash)
        WHERE found.second = each.created_at / 1000 OR found.hash = each.hash
        ORDER BY found.second = each.created_at / 1000 DESC NULLS LAST, found.hash = each.hash DESC
        LIMIT 1
    ) AS migration
    WHERE each.name IS NULL
) AS known
WHERE recorded.id = known.id
