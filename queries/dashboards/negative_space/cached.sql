-- A row is how many of a hundred analyses were answered from the cache in the period, and in the one before: one in all.
SELECT
    round(
        100.0 * count(*) FILTER (WHERE p.cache_hit AND p.created_at >= %(since)s)
            / nullif(count(*) FILTER (WHERE p.created_at >= %(since)s), 0),
        2
    ) AS hits,
    round(
        100.0 * count(*) FILTER (WHERE p.cache_hit AND p.created_at < %(since)s)
            / nullif(count(*) FILTER (WHERE p.created_at < %(since)s), 0),
        2
    ) AS before,
    (
        SELECT count(*) || ' kept, ' || count(*) FILTER (WHERE c.expires_at <= now()) || ' expired'
        FROM public.analysis_cache AS c
    ) AS note
FROM public.analysis_performance_summary AS p
WHERE p.created_at >= greatest(
        %(since)s::timestamptz - (%(until)s::timestamptz - %(since)s::timestamptz), timestamptz '1970-01-01 00:00:00+00'
    )
    AND p.created_at < %(until)s
