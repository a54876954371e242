-- No row: what the traffic has left in the audit goes.
DELETE FROM public.security_audit
WHERE user_agent = 'demo traffic'
    OR resource_id IN (
        SELECT md5('demo traffic ' || number)::uuid::text
        FROM pg_catalog.generate_series(0, %(rows)s::integer - 1) AS number
    )
