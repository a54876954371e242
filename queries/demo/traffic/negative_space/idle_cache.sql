-- No row: the cache is filled in a transaction that somebody forgets about.
INSERT INTO public.analysis_cache (cache_key, algorithm_fingerprint, cached_result, size_bytes, expires_at)
VALUES ('traffic-forgotten', 'demo traffic', '{}', 2, now() + interval '1 hour')
ON CONFLICT (cache_key) DO UPDATE SET hit_count = analysis_cache.hit_count + 1, last_accessed_at = now()
