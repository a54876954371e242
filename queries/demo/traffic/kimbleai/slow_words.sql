-- One row a word, after some seconds: how often it was said, by reading everything.
SELECT word, count(*) AS times
FROM pg_catalog.pg_sleep(%(seconds)s::double precision)
CROSS JOIN public.messages
CROSS JOIN LATERAL pg_catalog.regexp_split_to_table(lower(content), '[^a-z]+') AS word
GROUP BY word
ORDER BY times DESC
LIMIT 20
