-- One row an ingredient of a category.
SELECT id, inci_name, max_concentration FROM public.ingredients WHERE category = 'humectant'
