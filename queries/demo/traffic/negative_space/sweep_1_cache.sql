-- No row: the traffic's places in the cache go.
DELETE FROM public.analysis_cache WHERE starts_with(cache_key, 'traffic-')
