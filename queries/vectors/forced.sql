-- A row, always one, says nothing: it makes the rest of a transaction plan as if only an index could give the order.
SELECT
    pg_catalog.set_config('enable_seqscan', 'off', true),
    pg_catalog.set_config('enable_bitmapscan', 'off', true),
    pg_catalog.set_config('enable_sort', 'off', true)
