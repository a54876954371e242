-- Sample data of the whole folder: the same rows every time, told in times before now.
-- What looks like chance is taken from md5 of a row's key. Nobody in it is real, and no hash is the hash of anything.
-- It comes in blocks of 200 users with all that belongs to them: one, or as many as the setting dbconsole.scale says.
-- Loading it twice changes nothing; loading it with a larger scale adds the blocks that are missing.
--
-- Of every block: at night and at week-ends little happens. Five weeks ago a slow week began. Twelve days ago a decoder
-- broke, and eighty images of one batch failed. Nine days ago somebody guessed passwords, 240 in twenty minutes.

-- 200 users: two administrators, 58 analysts and 20 programs, who upload; 120 who look on.
-- Eighty were there at the beginning, the others joined one after the other.
INSERT INTO public.users
    (id, email, password_hash, full_name, role, is_active, is_email_verified, metadata, created_at, updated_at,
    account_locked_until, security_settings)
SELECT
    md5('user ' || n)::uuid,
    CASE n
        WHEN 1 THEN 'admin@example.com'
        WHEN 2 THEN 'user@example.com'
        ELSE replace(duty.role, '_', '-') || '-' || n || '@example.com'
    END,
    '$2b$12$' || rpad('this.is.not.the.hash.of.any.password.' || n || '.', 53, 'x'),
    initcap(replace(duty.role, '_', ' ')) || ' ' || n,
    duty.role::public.user_role,
    place % 20 <> 19,
    place % 12 > 0,
    jsonb_build_object(
        'department', (ARRAY['optics', 'archive', 'restoration', 'teaching'])[1 + dice.roll % 4],
        'locale', (ARRAY['en', 'en', 'de', 'fr', 'nl'])[1 + dice.roll / 4 % 5]
    ),
    born.at,
    born.at,
    CASE
        WHEN place IN (1, 2, 6, 11, 16, 21) THEN
            date_trunc('day', now(), 'UTC') - interval '9 days' + interval '3 hours'
        WHEN place = 59 THEN now() + interval '30 days'
    END,
    jsonb_build_object(
        'two_factor', duty.role = 'admin' OR dice.roll % 3 = 0,
        'session_minutes', CASE duty.role WHEN 'admin' THEN 30 ELSE 480 END
    )
FROM generate_series(0, coalesce(nullif(current_setting('dbconsole.scale', true), '')::integer, 1) - 1) AS block
CROSS JOIN generate_series(1, 200) AS place
CROSS JOIN LATERAL (SELECT block * 200 + place AS n) AS numbered
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('user ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN place % 100 = 1 THEN 'admin'
        WHEN place % 10 = 7 THEN 'api_user'
        WHEN place % 5 IN (1, 2) THEN 'analyst'
        ELSE 'viewer'
    END AS role
) AS duty
CROSS JOIN LATERAL (
    SELECT now() - CASE WHEN place <= 80 THEN 119.9 - place * 0.05 ELSE 108 - (place - 80) * 0.7 END * interval '1 day'
        AS at
) AS born
ON CONFLICT DO NOTHING;

-- What happened to the images, from one plan, so that all of it agrees: 2,000 images, of which 60 were uploaded before;
-- a result for each that is completed, two for some; the queue of the latest 400; the entries of the audit trail about
-- the analyses; the cached results of the latest 300. The audit trail's entries about the images are the trigger's.
WITH image AS (
    SELECT
        block,
        place,
        md5('image ' || n)::uuid AS id,
        n,
        dice.first,
        dice.second,
        dice.third,
        state.word AS status,
        -- Not at night, and not at the week-end, but for the latest ones and the batch.
        CASE
            WHEN place BETWEEN 1701 AND 1780 THEN
                batch.at + (place - 1701) * interval '20 seconds' + dice.first % 15 * interval '1 second'
            WHEN place > 1944 THEN drawn.at
            ELSE worked.at
        END AS uploaded_at,
        -- A copy has the content of an earlier image.
        CASE
            WHEN place % 33 <> 8 OR place > 1955 THEN n
            WHEN place % 99 = 41 THEN n - 38
            ELSE n - 5
        END AS content
    FROM generate_series(0, coalesce(nullif(current_setting('dbconsole.scale', true), '')::integer, 1) - 1) AS block
    CROSS JOIN generate_series(1, 2000) AS place
    CROSS JOIN LATERAL (SELECT block * 2000 + place AS n) AS numbered
    CROSS JOIN LATERAL (SELECT md5('image ' || n) AS digits) AS hashed
    CROSS JOIN LATERAL (
        SELECT
            ('x' || substr(hashed.digits, 1, 8))::bit(32)::bigint AS first,
            ('x' || substr(hashed.digits, 9, 8))::bit(32)::bigint AS second,
            ('x' || substr(hashed.digits, 17, 8))::bit(32)::bigint AS third
    ) AS dice
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN place > 1960 THEN 'pending'
            WHEN place > 1944 THEN 'processing'
            WHEN place BETWEEN 1701 AND 1780 THEN 'failed'
            WHEN place % 18 = 7 THEN 'archived'
            WHEN place % 20 = 11 THEN 'failed'
            ELSE 'completed'
        END::public.analysis_status AS word
    ) AS state
    CROSS JOIN LATERAL (
        SELECT now() - CASE
            WHEN place > 1944 THEN (2000.5 - place) / 56 * 0.125
            ELSE 0.2 + (1944 - place) / 1944.0 * 107.8 + dice.first % 1000 / 20000.0
        END * interval '1 day' AS at
    ) AS drawn
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN clock.hour BETWEEN 7 AND 19 OR dice.second % 4 = 0 THEN drawn.at
            ELSE drawn.at - ((clock.hour + 17) % 24 + 7 - (8 + dice.second / 4 % 11)) * interval '1 hour'
        END AS at
        FROM (SELECT extract(HOUR FROM drawn.at AT TIME ZONE 'UTC')::integer AS hour) AS clock
    ) AS awake
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN calendar.day < 6 OR dice.third % 5 = 0 THEN awake.at
            ELSE awake.at - (calendar.day - (1 + dice.third / 5 % 5)) * interval '1 day'
        END AS at
        FROM (SELECT extract(ISODOW FROM awake.at AT TIME ZONE 'UTC')::integer AS day) AS calendar
    ) AS worked
    CROSS JOIN LATERAL (
        SELECT noon.at - greatest(extract(ISODOW FROM noon.at AT TIME ZONE 'UTC')::integer - 5, 0) * interval '1 day'
            AS at
        FROM (SELECT date_trunc('day', now(), 'UTC') - interval '12 days' + interval '9 hours' AS at) AS noon
    ) AS batch
),

owned AS (
    SELECT
        image.*,
        md5('user ' || block * 200 + uploader.place)::uuid AS user_id,
        first_value(image.id) OVER (PARTITION BY image.content ORDER BY image.uploaded_at, image.id) AS original_id,
        dice.roll AS content_roll,
        400000 + dice.roll % 23600000 AS bytes,
        image.uploaded_at BETWEEN now() - interval '35 days' AND now() - interval '28 days' AS slow
    FROM image
    CROSS JOIN LATERAL (
        SELECT ('x' || substr(md5('content ' || image.content), 1, 8))::bit(32)::bigint AS roll
    ) AS dice
    -- How many users there were by then.
    CROSS JOIN LATERAL (
        SELECT 80 + greatest(0, floor((108 - extract(EPOCH FROM now() - image.uploaded_at) / 86400) / 0.7)::integer)
            AS number
    ) AS users_by_then
    -- Of each five the first two upload; some far more than others.
    CROSS JOIN LATERAL (
        SELECT least(image.second % 1000, image.third % 1000) * (least(users_by_then.number, 200) / 5 * 2) / 1000
            AS number
    ) AS chosen
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN image.place BETWEEN 1701 AND 1780 THEN 7
            ELSE 1 + chosen.number / 2 * 5 + chosen.number % 2
        END AS place
    ) AS uploader
),

worked AS (
    SELECT
        owned.*,
        owned.original_id <> owned.id OR owned.third % 25 = 0 AS cache_hit,
        effort.retries,
        effort.started_at,
        effort.milliseconds,
        effort.started_at + effort.milliseconds * interval '1 millisecond' AS ended_at,
        count(*) FILTER (WHERE owned.status = 'completed') OVER (PARTITION BY block ORDER BY place) AS rank,
        CASE
            WHEN owned.status NOT IN ('failed', 'processing') OR owned.place > 1950 THEN NULL
            WHEN owned.place BETWEEN 1701 AND 1780 THEN 'decoder: unexpected end of file (codec update 4.2.0)'
            ELSE (ARRAY[
                'out of memory while tiling', 'no answer from the worker within 120 s', 'unsupported colour profile'
            ])[1 + owned.second % 3]
        END AS reason
    FROM owned
    CROSS JOIN LATERAL (
        SELECT
            tries.number AS retries,
            CASE
                WHEN owned.status = 'processing' THEN now() - (20 + owned.third % 280) * interval '1 second'
                ELSE owned.uploaded_at
                    + (20 + owned.second % 600) * CASE WHEN owned.slow THEN 5 ELSE 1 END * interval '1 second'
                    + tries.number * interval '5 minutes'
            END AS started_at,
            CASE
                WHEN owned.original_id <> owned.id OR owned.third % 25 = 0 THEN 5 + owned.third % 40
                ELSE round(
                    (250 + 6000 * power(owned.third % 1000 / 1000.0, 3)) * CASE WHEN owned.slow THEN 4 ELSE 1 END
                )::integer
            END AS milliseconds
        FROM (
            SELECT CASE
                WHEN owned.status = 'failed' THEN 3
                WHEN owned.status = 'processing' AND owned.place <= 1950 THEN 1 + owned.first % 2
                WHEN owned.status = 'completed' AND owned.first % 12 = 0 THEN 1
                ELSE 0
            END AS number
        ) AS tries
    ) AS effort
),

result AS (
    SELECT
        worked.*,
        pass,
        row_number() OVER (PARTITION BY block ORDER BY rank, pass) AS number,
        md5('result ' || n || ' ' || pass)::uuid AS result_id,
        dice.roll,
        found_at.time AS found_at,
        CASE
            WHEN found_at.time < now() - interval '60 days' THEN '1.4.2'
            WHEN found_at.time < now() - interval '20 days' THEN '2.0.0'
            ELSE '2.1.0'
        END AS version
    FROM worked
    -- Some were looked at a second time.
    CROSS JOIN LATERAL generate_series(1, CASE WHEN rank % 68 = 0 THEN 2 ELSE 1 END) AS pass
    CROSS JOIN LATERAL (
        SELECT ('x' || substr(md5('result ' || n || ' ' || pass), 1, 8))::bit(32)::bigint AS roll
    ) AS dice
    CROSS JOIN LATERAL (
        SELECT ended_at + (now() - ended_at) * CASE pass WHEN 1 THEN 0 ELSE 0.2 + dice.roll % 60 / 100.0 END AS time
    ) AS found_at
    WHERE status = 'completed'
),

images AS (
    INSERT INTO public.images
        (id, user_id, file_name, original_filename, file_path, file_size, mime_type, file_hash, width, height,
        analysis_status, metadata, uploaded_at, processed_at, created_at, updated_at, is_duplicate, duplicate_of,
        analysis_retry_count, last_retry_at, failure_reason, processing_history)
    SELECT
        id,
        user_id,
        named.file_name,
        subject.word || '_' || lpad((content_roll % 10000)::text, 4, '0') || '.' || kind.ending,
        '/images/' || left(md5('content ' || content), 2) || '/' || named.file_name,
        bytes,
        kind.mime_type,
        md5('content ' || content) || md5('content, continued ' || content),
        shape.pixels[1],
        shape.pixels[2],
        status,
        jsonb_build_object(
            'camera', (ARRAY['monorail 4x5', 'full frame', 'scanner', 'drone'])[1 + content_roll / 7 % 4],
            'subject', subject.word,
            'iso', 100 * (1 + content_roll / 11 % 8)
        ),
        uploaded_at,
        CASE WHEN status IN ('completed', 'failed') THEN ended_at END,
        uploaded_at,
        CASE
            WHEN status IN ('completed', 'failed') THEN ended_at
            WHEN status = 'processing' THEN started_at
            WHEN status = 'archived' THEN uploaded_at + second % 40 * interval '1 minute'
            ELSE uploaded_at
        END,
        original_id <> id,
        nullif(original_id, id),
        retries,
        CASE WHEN retries > 0 THEN started_at END,
        CASE WHEN status = 'failed' THEN reason END,
        jsonb_build_array(jsonb_build_object('status', 'pending', 'at', uploaded_at))
            || CASE
                WHEN status = 'archived' THEN jsonb_build_array(
                    jsonb_build_object('status', 'archived', 'at', uploaded_at + second % 40 * interval '1 minute')
                )
                WHEN status <> 'pending' THEN jsonb_build_array(
                    jsonb_build_object('status', 'processing', 'at', started_at)
                )
                ELSE '[]'
            END
            || CASE
                WHEN status IN ('completed', 'failed') THEN jsonb_build_array(
                    jsonb_build_object('status', status, 'at', ended_at)
                )
                ELSE '[]'
            END
    FROM worked
    CROSS JOIN LATERAL (
        SELECT (ARRAY['stairwell', 'foliage', 'lattice', 'skyline', 'vessel', 'chair', 'letterform', 'bridge'])
            [1 + content_roll % 8] AS word
    ) AS subject
    JOIN (
        VALUES (0, 'image/tiff', 'tif'), (1, 'image/png', 'png'), (2, 'image/jpeg', 'jpg'), (3, 'image/tiff', 'tif')
    ) AS kind (number, mime_type, ending) ON kind.number = content_roll / 8 % 4
    CROSS JOIN LATERAL (SELECT 'ns-' || lpad(n::text, 6, '0') || '.' || kind.ending AS file_name) AS named
    CROSS JOIN LATERAL (
        SELECT (ARRAY[ARRAY[3000, 2000], ARRAY[4000, 5000], ARRAY[6000, 4000], ARRAY[14000, 9000]])
            [1 + content_roll / 32 % 4 : 1 + content_roll / 32 % 4] AS rows
    ) AS picked
    CROSS JOIN LATERAL (SELECT ARRAY(SELECT unnest(picked.rows)) AS pixels) AS shape
    ON CONFLICT DO NOTHING
),

results AS (
    INSERT INTO public.analysis_results
        (id, image_id, user_id, algorithm_version, algorithm_parameters, negative_space_data, anomalies,
        confidence_score, processing_time_ms, quality_metrics, notes, created_at, updated_at, cache_hit, cached_at,
        performance_stats, optimization_suggestions)
    SELECT
        result_id,
        id,
        user_id,
        version,
        jsonb_build_object('threshold', 0.3 + roll % 5 * 0.1, 'min_region', 64),
        jsonb_build_object(
            'regions', 1 + roll % 23,
            'share', round((15 + roll % 60) / 100.0, 2),
            'largest', jsonb_build_object('x', roll % 1000, 'y', roll / 3 % 1000, 'w', 200 + roll / 7 % 900)
        ),
        CASE
            WHEN roll % 5 = 0 THEN jsonb_build_array(jsonb_build_object(
                'kind', (ARRAY['dust', 'lens flare', 'moire', 'clipping'])[1 + roll / 5 % 4],
                'x', roll % 3000,
                'y', roll / 3 % 2000,
                'score', round((50 + roll % 50) / 100.0, 2)
            ))
            ELSE '[]'
        END,
        round(0.99 - power(roll % 1000 / 1000.0, 2)::numeric * 0.45, 4),
        milliseconds,
        jsonb_build_object('sharpness', roll % 100, 'noise', roll / 100 % 40, 'contrast', roll / 4000 % 100),
        CASE WHEN pass = 2 THEN 'Analysed again after the update to ' || version END,
        found_at,
        found_at,
        cache_hit,
        CASE WHEN cache_hit THEN found_at END,
        jsonb_build_object('cpu_ms', milliseconds * 8 / 10, 'peak_mb', 80 + bytes / 100000),
        CASE WHEN milliseconds >= 5000 THEN 'Tile the image: it is larger than a worker''s memory likes' END
    FROM result
    ON CONFLICT DO NOTHING
),

queue AS (
    INSERT INTO public.processing_queue
        (id, image_id, user_id, status, priority, retry_count, worker_id, error_message, last_error_at, started_at,
        completed_at, created_at, complexity_score, estimated_priority, processing_metadata, processing_notes)
    SELECT
        md5('queue ' || n)::uuid,
        id,
        user_id,
        item.status,
        1 + first % 10,
        retries,
        CASE WHEN item.status NOT IN ('queued', 'cancelled') THEN 'worker-' || 1 + first / 10 % 6 END,
        reason,
        CASE item.status
            WHEN 'failed' THEN ended_at
            WHEN 'retrying' THEN started_at + interval '15 seconds'
        END,
        CASE WHEN item.status NOT IN ('queued', 'cancelled') THEN started_at END,
        CASE worked.status
            WHEN 'completed' THEN ended_at
            WHEN 'failed' THEN ended_at
            WHEN 'archived' THEN uploaded_at + second % 40 * interval '1 minute'
        END,
        uploaded_at,
        round((bytes / 24000000.0)::numeric, 4),
        1 + bytes / 2400001,
        jsonb_build_object('bytes', bytes, 'tiles', 1 + bytes / 4000000),
        CASE WHEN place BETWEEN 1701 AND 1780 THEN 'Batch of the plate archive' END
    FROM worked
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN status = 'pending' THEN 'queued'
            WHEN status = 'archived' THEN 'cancelled'
            WHEN place BETWEEN 1945 AND 1948 THEN 'retrying'
            WHEN place BETWEEN 1949 AND 1950 THEN 'failed'
            ELSE status::text
        END::public.queue_status AS status
    ) AS item
    WHERE place > 1600
    ON CONFLICT DO NOTHING
),

cached AS (
    INSERT INTO public.analysis_cache
        (id, cache_key, image_id, analysis_id, algorithm_fingerprint, cached_result, hit_count, last_accessed_at,
        size_bytes, created_at, expires_at)
    SELECT
        md5('cache ' || n)::uuid,
        'result:' || version || ':' || id,
        id,
        result_id,
        version || ':' || md5(version || roll % 5),
        entry.body,
        use.hits,
        use.latest,
        octet_length(entry.body::text),
        found_at,
        CASE
            WHEN rank % 15 > 0
                THEN coalesce(use.latest, found_at) + (ARRAY[1, 7, 30])[1 + rank % 3] * interval '1 day'
        END
    FROM result
    CROSS JOIN LATERAL (
        SELECT jsonb_build_object('regions', 1 + roll % 23, 'share', round((15 + roll % 60) / 100.0, 2)) AS body
    ) AS entry
    CROSS JOIN LATERAL (
        SELECT
            greatest(roll % 40 - 10, 0) AS hits,
            CASE WHEN roll % 40 > 10 THEN found_at + (now() - found_at) * (second % 1000 / 1000.0) END AS latest
    ) AS use
    WHERE pass = 1
        AND rank > 1376
    ON CONFLICT DO NOTHING
)

INSERT INTO public.security_audit
    (id, user_id, action, resource_type, resource_id, status, ip_address, user_agent, changes_after, "timestamp")
SELECT
    md5('audit ' || block * 8000 + 2000 + number)::uuid,
    user_id,
    'run_analysis',
    'image',
    id,
    CASE WHEN roll % 40 = 0 THEN 'partial' ELSE 'success' END::public.audit_status,
    ('192.0.2.' || 1 + first % 250)::inet,
    'negative-space-worker/' || version,
    jsonb_build_object('analysis_status', 'completed', 'result', result_id),
    found_at
FROM result
ON CONFLICT DO NOTHING;

-- The trigger has written an entry for each new image, of this moment. It gets the key that other rows know it by, and
-- the time of the upload. Where that key is taken already, there is nothing to do.
UPDATE public.security_audit AS a
SET id = written.sample_id,
    "timestamp" = written.uploaded_at,
    ip_address = written.ip_address,
    user_agent = 'Mozilla/5.0 (X11; Linux x86_64)',
    changes_after = a.changes_after || '{"analysis_status": "pending"}'
FROM (
    SELECT DISTINCT ON (e.resource_id)
        e.id,
        md5('audit ' || block * 8000 + place)::uuid AS sample_id,
        i.uploaded_at,
        ('192.0.2.' || 1 + (block + place) % 250)::inet AS ip_address
    FROM generate_series(0, coalesce(nullif(current_setting('dbconsole.scale', true), '')::integer, 1) - 1) AS block
    CROSS JOIN generate_series(1, 2000) AS place
    JOIN public.images AS i ON i.id = md5('image ' || block * 2000 + place)::uuid
    JOIN public.security_audit AS e
        ON e.resource_id = i.id::text
        AND e.resource_type = 'image'
        AND e.action = 'create_image'
    WHERE NOT EXISTS (
        SELECT FROM public.security_audit AS taken WHERE taken.id = md5('audit ' || block * 8000 + place)::uuid
    )
    ORDER BY e.resource_id, e."timestamp" DESC
) AS written
WHERE a.id = written.id;

-- 4,300 other entries: 240 guessed passwords, 20 deleted images, and what people do between login and logout.
INSERT INTO public.security_audit
    (id, user_id, action, resource_type, resource_id, status, ip_address, user_agent, error_message, changes_before,
    changes_after, "timestamp")
SELECT
    md5('audit ' || block * 8000 + place)::uuid,
    md5('user ' || block * 200 + person.number)::uuid,
    act.word,
    CASE act.word
        WHEN 'view_results' THEN 'image'
        WHEN 'delete_image' THEN 'image'
        WHEN 'export_data' THEN 'report'
        WHEN 'api_call' THEN 'api'
        WHEN 'permission_change' THEN 'user'
        WHEN 'config_change' THEN 'setting'
        ELSE 'session'
    END,
    CASE act.word
        WHEN 'view_results' THEN md5('image ' || block * 2000 + 1 + first % looked.at_most)::uuid::text
        WHEN 'delete_image' THEN md5('deleted image ' || block || ' ' || place)::uuid::text
        WHEN 'export_data' THEN 'report-' || first % 40
        WHEN 'api_call' THEN (ARRAY['GET /v1/images', 'GET /v1/results', 'POST /v1/images'])[1 + first % 3]
        WHEN 'permission_change' THEN md5('user ' || block * 200 + 3 + first % 70)::uuid::text
        WHEN 'config_change' THEN (ARRAY['queue.workers', 'cache.ttl', 'upload.max_bytes'])[1 + first % 3]
    END,
    outcome.word::public.audit_status,
    CASE
        WHEN burst THEN ('203.0.113.' || 1 + first % 7)::inet
        ELSE ('198.51.100.' || 1 + person.number % 250)::inet
    END,
    CASE
        WHEN burst OR act.word = 'api_call' THEN 'python-requests/2.32'
        ELSE 'Mozilla/5.0 (X11; Linux x86_64)'
    END,
    CASE
        WHEN outcome.word = 'partial' THEN 'the connection was closed before the end'
        WHEN outcome.word = 'failure' THEN (ARRAY['wrong password', 'rate limit reached'])
            [CASE act.word WHEN 'login' THEN 1 ELSE 2 END]
    END,
    CASE act.word
        WHEN 'permission_change' THEN '{"role": "viewer"}'::jsonb
        WHEN 'config_change' THEN jsonb_build_object('value', first % 10)
        WHEN 'delete_image' THEN jsonb_build_object('file_name', 'draft-' || place || '.png')
    END,
    CASE act.word
        WHEN 'permission_change' THEN '{"role": "analyst"}'::jsonb
        WHEN 'config_change' THEN jsonb_build_object('value', first % 10 + 1)
    END,
    event.at
FROM generate_series(0, coalesce(nullif(current_setting('dbconsole.scale', true), '')::integer, 1) - 1) AS block
CROSS JOIN generate_series(3701, 8000) AS place
CROSS JOIN LATERAL (SELECT md5('audit ' || block * 8000 + place) AS digits, place <= 3940 AS burst) AS hashed
CROSS JOIN LATERAL (
    SELECT
        ('x' || substr(digits, 1, 8))::bit(32)::bigint AS first,
        ('x' || substr(digits, 9, 8))::bit(32)::bigint AS second,
        ('x' || substr(digits, 17, 8))::bit(32)::bigint AS third
) AS dice
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN burst THEN 'login'
        WHEN place <= 3960 THEN 'delete_image'
        WHEN second % 100 < 26 THEN 'login'
        WHEN second % 100 < 41 THEN 'logout'
        WHEN second % 100 < 70 THEN 'view_results'
        WHEN second % 100 < 77 THEN 'export_data'
        WHEN second % 100 < 96 THEN 'api_call'
        WHEN second % 100 < 98 THEN 'permission_change'
        ELSE 'config_change'
    END::public.audit_action AS word
) AS act
CROSS JOIN LATERAL (
    SELECT now() - (0.02 + first % 100000 / 100000.0 * 107) * interval '1 day' AS at
) AS drawn
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN clock.hour BETWEEN 7 AND 19 OR third % 4 = 0 THEN drawn.at
        ELSE drawn.at - ((clock.hour + 17) % 24 + 7 - (8 + third / 4 % 11)) * interval '1 hour'
    END AS at
    FROM (SELECT extract(HOUR FROM drawn.at AT TIME ZONE 'UTC')::integer AS hour) AS clock
) AS awake
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN burst THEN
            date_trunc('day', now(), 'UTC') - interval '9 days' + interval '130 minutes'
                + (place - 3701) * interval '5 seconds'
        WHEN calendar.day < 6 OR third / 50 % 5 = 0 THEN awake.at
        ELSE awake.at - (calendar.day - (1 + third / 250 % 5)) * interval '1 day'
    END AS at
    FROM (SELECT extract(ISODOW FROM awake.at AT TIME ZONE 'UTC')::integer AS day) AS calendar
) AS event
CROSS JOIN LATERAL (SELECT extract(EPOCH FROM now() - event.at) / 86400 AS days) AS age
-- How many users and images there were by then.
CROSS JOIN LATERAL (
    SELECT least(80 + greatest(0, floor((108 - age.days) / 0.7)::integer), 200) AS number
) AS users_by_then
CROSS JOIN LATERAL (SELECT greatest(1, floor((100 - age.days) / 108 * 1944)::integer) AS at_most) AS looked
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN burst THEN (ARRAY[1, 1, 1, 2, 2, 6, 11, 16, 21])[1 + first % 9]
        WHEN act.word IN ('permission_change', 'config_change') THEN 1
        WHEN act.word = 'api_call' THEN 7 + third / 1250 % (users_by_then.number / 10) * 10
        ELSE 1 + least(third / 1250 % 1000, first % 1000) * users_by_then.number / 1000
    END AS number
) AS person
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN burst THEN 'failure'
        WHEN act.word IN ('login', 'api_call') AND second / 100 % 20 = 0 THEN 'failure'
        WHEN act.word = 'export_data' AND second / 100 % 10 = 0 THEN 'partial'
        ELSE 'success'
    END AS word
) AS outcome
ON CONFLICT DO NOTHING;

-- Users get what the audit trail says about them. Who has a count already is left alone.
UPDATE public.users AS u
SET audit_event_count = told.events,
    api_request_count = told.calls,
    failed_login_attempts = told.failures,
    last_login_at = told.last_login
FROM (
    SELECT
        a.user_id,
        count(*) AS events,
        count(*) FILTER (WHERE a.action = 'api_call') AS calls,
        count(*) FILTER (
            WHERE a.action = 'login'
                AND a.status = 'failure'
                AND a."timestamp" > coalesce(login.latest, '-infinity')
        ) AS failures,
        max(login.latest) AS last_login
    FROM public.security_audit AS a
    LEFT JOIN (
        SELECT user_id, max("timestamp") AS latest
        FROM public.security_audit
        WHERE action = 'login'
            AND status = 'success'
        GROUP BY user_id
    ) AS login ON login.user_id = a.user_id
    GROUP BY a.user_id
) AS told
WHERE told.user_id = u.id
    AND u.audit_event_count = 0
    AND u.id IN (
        SELECT md5('user ' || n)::uuid
        FROM generate_series(
            1, 200 * coalesce(nullif(current_setting('dbconsole.scale', true), '')::integer, 1)
        ) AS n
    );

-- 8,000 details, one for each entry of the audit trail.
INSERT INTO public.audit_log_details
    (id, audit_id, event_name, event_description, event_data, system_state, duration_ms, success_count, failure_count,
    created_at)
SELECT
    md5('detail ' || n)::uuid,
    a.id,
    CASE a.action
        WHEN 'login' THEN CASE a.status WHEN 'success' THEN 'session.opened' ELSE 'session.refused' END
        WHEN 'logout' THEN 'session.closed'
        WHEN 'create_image' THEN 'image.stored'
        WHEN 'delete_image' THEN 'image.removed'
        WHEN 'run_analysis' THEN 'analysis.finished'
        WHEN 'view_results' THEN 'results.shown'
        WHEN 'export_data' THEN 'report.written'
        WHEN 'api_call' THEN 'request.served'
        ELSE 'setting.changed'
    END,
    CASE a.status WHEN 'success' THEN NULL ELSE a.error_message END,
    jsonb_build_object('action', a.action, 'request', left(md5('request ' || n), 12)),
    jsonb_build_object('load', dice.roll % 400 / 100.0, 'memory_percent', 30 + dice.roll / 400 % 60),
    (
        CASE a.action WHEN 'run_analysis' THEN 400 WHEN 'export_data' THEN 900 WHEN 'create_image' THEN 150 ELSE 20 END
            * (1 + dice.roll % 1000 / 250.0)
            * CASE
                WHEN a."timestamp" BETWEEN now() - interval '35 days' AND now() - interval '28 days' THEN 3
                ELSE 1
            END
    )::integer,
    CASE a.status WHEN 'failure' THEN 0 ELSE 1 END,
    CASE a.status WHEN 'success' THEN 0 ELSE 1 END,
    a."timestamp"
FROM generate_series(
    1, 8000 * coalesce(nullif(current_setting('dbconsole.scale', true), '')::integer, 1)
) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('detail ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
JOIN public.security_audit AS a ON a.id = md5('audit ' || n)::uuid
ON CONFLICT DO NOTHING;

-- 40 keys: one or two for each program, and ten for analysts. Four are switched off, six have expired.
INSERT INTO public.api_keys
    (id, user_id, key_hash, name, is_active, scopes, ip_whitelist, rate_limit_per_minute, last_used_at, expires_at,
    created_at, total_requests, usage_stats)
SELECT
    md5('key ' || n)::uuid,
    u.id,
    'sha256:' || md5('not a key ' || n) || md5('not a key either ' || n),
    (ARRAY['import', 'gallery', 'report', 'export', 'test'])[1 + place % 5] || ' ' || n,
    place % 10 <> 3,
    CASE
        WHEN place % 5 = 0 THEN '{read:images,read:results,write:images}'::text[]
        ELSE '{read:images,read:results}'
    END,
    CASE WHEN place % 4 = 0 THEN '{192.0.2.0/24,198.51.100.0/24}'::cidr[] END,
    (ARRAY[60, 100, 100, 600])[1 + dice.roll % 4],
    born.at + (now() - born.at) * ((60 + dice.roll % 40) / 100.0),
    CASE
        WHEN place % 7 = 4 THEN born.at + (now() - born.at) * ((80 + dice.roll % 20) / 100.0)
        WHEN place % 3 = 0 THEN now() + (10 + dice.roll % 350) * interval '1 day'
    END,
    born.at,
    used.requests,
    jsonb_build_object('reads', used.requests - used.requests / 9, 'writes', used.requests / 9)
FROM generate_series(0, coalesce(nullif(current_setting('dbconsole.scale', true), '')::integer, 1) - 1) AS block
CROSS JOIN generate_series(1, 40) AS place
CROSS JOIN LATERAL (SELECT block * 40 + place AS n) AS numbered
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('key ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
JOIN public.users AS u ON u.id = md5(
    'user ' || block * 200 + CASE WHEN place <= 30 THEN 7 + (place - 1) % 20 * 10 ELSE 2 + (place - 31) * 10 END
)::uuid
CROSS JOIN LATERAL (SELECT u.created_at + (now() - u.created_at) * (dice.roll / 4 % 50 / 100.0) AS at) AS born
CROSS JOIN LATERAL (SELECT 200 + dice.roll / 8 % 90000 AS requests) AS used
ON CONFLICT DO NOTHING;

-- 30,000 readings of ten metrics: one an hour, and of the last day one in five minutes. Each block is a machine.
INSERT INTO public.performance_metrics
    (id, metric_name, metric_type, value, unit, labels, context, sample_count, percentile_p50, percentile_p95,
    percentile_p99, recorded_at)
OVERRIDING SYSTEM VALUE
SELECT
    n,
    metric.name,
    metric.kind,
    CASE metric.kind
        WHEN 'counter' THEN sum(round(reading.value)) OVER (PARTITION BY block, metric.number ORDER BY step)
        ELSE round(reading.value, 4)
    END,
    metric.unit,
    jsonb_build_object('host', 'worker-' || 1 + block),
    CASE WHEN slow.week THEN '{"note": "storage is being rebuilt"}'::jsonb END,
    CASE metric.kind WHEN 'histogram' THEN 1 + (400 * busy.share)::integer ELSE 1 END,
    CASE metric.kind WHEN 'histogram' THEN round(reading.value * 0.82, 4) END,
    CASE metric.kind WHEN 'histogram' THEN round(reading.value * (2 + dice.roll % 100 / 100.0), 4) END,
    CASE metric.kind WHEN 'histogram' THEN round(reading.value * (3 + dice.roll / 100 % 200 / 100.0), 4) END,
    moment.at
FROM generate_series(0, coalesce(nullif(current_setting('dbconsole.scale', true), '')::integer, 1) - 1) AS block
CROSS JOIN generate_series(0, 2999) AS step
CROSS JOIN (
    VALUES
        (1, 'api_request_duration_ms', 'histogram', 'ms', 45, 1.6, 2.0),
        (2, 'analysis_duration_ms', 'histogram', 'ms', 1700, 1.3, 4.0),
        (3, 'queue_wait_seconds', 'histogram', 's', 60, 4.0, 5.0),
        (4, 'db_query_duration_ms', 'histogram', 'ms', 3, 1.8, 3.5),
        (5, 'queue_depth', 'gauge', 'items', 2, 12.0, 3.0),
        (6, 'cpu_percent', 'gauge', '%', 14, 4.0, 1.1),
        (7, 'memory_used_mb', 'gauge', 'MB', 2300, 1.5, 1.0),
        (8, 'cache_hit_ratio', 'gauge', 'ratio', 0.7, 1.2, 0.8),
        (9, 'requests_total', 'counter', 'requests', 150, 14.0, 1.0),
        (10, 'images_processed_total', 'counter', 'images', 1, 6.0, 0.6)
) AS metric (number, name, kind, unit, quiet, when_busy, when_slow)
CROSS JOIN LATERAL (SELECT block * 30000 + step * 10 + metric.number AS n) AS numbered
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('metric ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
-- All metrics of a machine are read together, within the minute.
CROSS JOIN LATERAL (
    SELECT now() - block % 60 * interval '4 seconds' - CASE
        WHEN step < 2700 THEN interval '24 hours' + (2700 - step) * interval '63 minutes'
        ELSE (2999 - step) * interval '288 seconds'
    END AS at
) AS moment
CROSS JOIN LATERAL (
    SELECT moment.at BETWEEN now() - interval '35 days' AND now() - interval '28 days' AS week
) AS slow
CROSS JOIN LATERAL (
    SELECT
        greatest(0, sin(pi() * (extract(HOUR FROM moment.at AT TIME ZONE 'UTC') - 6) / 14))
            * CASE WHEN extract(ISODOW FROM moment.at AT TIME ZONE 'UTC') > 5 THEN 0.2 ELSE 1 END AS share
) AS busy
CROSS JOIN LATERAL (
    SELECT (
        metric.quiet
            * (1 + (metric.when_busy - 1) * busy.share)
            * CASE WHEN slow.week THEN metric.when_slow ELSE 1 END
            * (0.85 + dice.roll / 20000 % 300 / 1000.0)
    )::numeric AS value
) AS reading
ON CONFLICT DO NOTHING;

-- The next reading gets a number that is free. A sequence that is further on already stays there.
SELECT setval('public.performance_metrics_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.performance_metrics AS t
CROSS JOIN public.performance_metrics_id_seq AS s;

-- Estimates of rows are right at once, not only after autovacuum has come by.
ANALYZE public.users, public.images, public.analysis_results, public.processing_queue, public.api_keys,
    public.security_audit, public.audit_log_details, public.analysis_cache, public.performance_metrics;
