-- No row: an image is taken back.
DELETE FROM public.images WHERE id = md5('demo traffic ' || %(row)s::integer)::uuid
