-- A row is a person with the images and analyses that are theirs, those with the most images first.
SELECT
    s.email AS person,
    s.role,
    s.total_images AS images,
    s.total_analyses AS analyses,
    s.last_image_upload AS "latest image",
    s.last_login_at AS "latest login"
FROM public.user_activity_summary AS s
WHERE s.total_images + s.total_analyses > 0
    AND (%(user)s::uuid IS NULL OR s.user_id = %(user)s)
ORDER BY s.total_images DESC, s.email
LIMIT 200
