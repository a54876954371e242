-- A row is an image of which there are copies, with what these take, the most wasteful first.
SELECT
    d.file_name AS image,
    d.duplicate_count AS copies,
    d.file_size AS size,
    d.wasted_bytes AS wasted,
    d.last_duplicate AS latest
FROM public.duplicate_images_report AS d
ORDER BY d.wasted_bytes DESC, d.original_id
LIMIT 200
