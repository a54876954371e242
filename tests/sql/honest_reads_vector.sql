-- What pgvector adds to honest_reads.sql.
SELECT id, place <=> '[1,2,3]' AS distance FROM points ORDER BY place <=> '[1,2,3]'::vector LIMIT 5;
SELECT place <-> '[1,2,3]', place <#> '[1,2,3]', place <+> '[1,2,3]', vector_dims(place), l2_normalize(place), avg(place) OVER () FROM points;
