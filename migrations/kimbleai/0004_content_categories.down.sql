-- Takes the categories away again, also those that people added.

DROP VIEW public.category_stats;

DROP TABLE public.content_categories;
