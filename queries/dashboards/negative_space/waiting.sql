-- A row is how many images wait in the queue, with how long the first has waited: one in all.
SELECT
    coalesce(sum(q.count), 0) AS waiting,
    'the first since ' || to_char(min(q.oldest_item) AT TIME ZONE 'UTC', 'FMDD Mon HH24:MI') AS note
FROM public.queue_status_summary AS q
WHERE q.status IN ('queued', 'retrying')
