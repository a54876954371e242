-- Never a row: a word where a number should be.
SELECT label::integer AS number FROM public.graph_nodes LIMIT 1
