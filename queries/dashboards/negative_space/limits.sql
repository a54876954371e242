-- A row is a key with how much of its limit is used in the minute that runs, and what its person was refused.
-- The minute runs from the last reset; after it nothing is used. Keys that are used up come first.
SELECT
    k.name AS key,
    CASE WHEN NOT k.is_active THEN 'off' WHEN k.expires_at <= now() THEN 'expired' ELSE 'active' END AS state,
    k.rate_limit_per_minute AS "a minute",
    round(
        100.0 * CASE
            WHEN k.last_rate_limit_reset > now() - interval '1 minute' THEN k.request_count_current_window
            ELSE 0
        END / k.rate_limit_per_minute,
        1
    ) AS used,
    coalesce(refused.times, 0) AS refused,
    k.total_requests AS requests,
    k.last_used_at AS latest
FROM public.api_keys AS k
LEFT JOIN (
    SELECT a.user_id, count(*) AS times
    FROM public.security_audit AS a
    WHERE a.action = 'api_call'
        AND a.status = 'failure'
        AND a."timestamp" >= %(since)s
        AND a."timestamp" < %(until)s
    GROUP BY a.user_id
) AS refused ON refused.user_id = k.user_id
ORDER BY used DESC, refused DESC, k.total_requests DESC, k.id
LIMIT 200
