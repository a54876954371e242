-- A sentence of the sample's knowledge and its subject, in order.
SELECT k.tags[1] AS subject, cut.sentence
FROM public.knowledge_base AS k
CROSS JOIN LATERAL regexp_split_to_table(k.content, '(?<=[.!?])\s+') AS cut (sentence)
WHERE cut.sentence <> ''
GROUP BY 1, 2
ORDER BY 1, 2
