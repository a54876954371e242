-- No row: an image comes in; what its row's number was before has left its traces in the audit, which go.
WITH before AS (
    DELETE FROM public.security_audit WHERE resource_id = md5('demo traffic ' || %(row)s::integer)::uuid::text
)
INSERT INTO public.images (id, user_id, file_name, file_path, file_size, mime_type, file_hash, metadata)
SELECT
    md5('demo traffic ' || %(row)s::integer)::uuid, sample.id,
    'traffic-' || %(row)s::integer || '.png', '/traffic/' || %(row)s::integer || '.png',
    40000 + 1000 * %(row)s::integer, 'image/png',
    md5('traffic ' || %(row)s::integer) || md5('image ' || %(row)s::integer), '{"made_by": "demo traffic"}'
FROM (SELECT id FROM public.users ORDER BY email LIMIT 1 OFFSET mod(%(row)s::integer, 20)) AS sample
ON CONFLICT (id) DO NOTHING
