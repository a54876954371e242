-- A row is a state of the queue with what is in it, how long it waited and how long it was worked on.
SELECT
    q.status AS state,
    q.count AS images,
    q.avg_wait_seconds AS "mean wait",
    q.max_wait_seconds AS "longest wait",
    q.avg_processing_seconds AS "mean work",
    q.oldest_item AS "oldest from"
FROM public.queue_status_summary AS q
ORDER BY q.status
