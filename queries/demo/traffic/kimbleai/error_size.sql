-- Never a row: a file of less than nothing, which a check refuses.
INSERT INTO public.files
    (id, user_id, filename, original_filename, file_type, mime_type, size_bytes, storage_path)
SELECT 'traffic-wrong', id, 'a.txt', 'a.txt', 'document', 'text/plain', -1, '/traffic' FROM public.users LIMIT 1
