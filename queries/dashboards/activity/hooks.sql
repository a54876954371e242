-- A row is how many webhooks failed in the period, and in the one as long before it: one in all.
SELECT
    count(*) FILTER (WHERE w.received_at >= %(since)s) AS value,
    count(*) FILTER (WHERE w.received_at < %(since)s) AS before
FROM public.zapier_webhook_logs AS w
WHERE NOT w.success
    AND w.received_at >= greatest(
        %(since)s::timestamptz - (%(until)s::timestamptz - %(since)s::timestamptz), timestamptz '1970-01-01 00:00:00+00'
    )
    AND w.received_at < %(until)s
    AND (%(user)s::text IS NULL OR w.user_id = %(user)s)
