-- One row a state of the queue.
SELECT status, count, avg_wait_seconds FROM public.queue_status_summary
