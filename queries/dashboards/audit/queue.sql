-- A row is a state of the queue with the images that are in it, in the order in which they come to it.
SELECT q.status AS state, q.count AS images
FROM public.queue_status_summary AS q
ORDER BY q.status
