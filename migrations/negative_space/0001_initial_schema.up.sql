-- The core of an image laboratory: people, their images, what the analysis found, the queue, API keys, an audit trail.
-- Triggers refuse an illegal step of a status and log every image that comes or goes.

CREATE TYPE public.user_role AS ENUM ('admin', 'analyst', 'viewer', 'api_user');

CREATE TYPE public.analysis_status AS ENUM ('pending', 'processing', 'completed', 'failed', 'archived');

CREATE TYPE public.queue_status AS ENUM ('queued', 'processing', 'completed', 'failed', 'retrying', 'cancelled');

CREATE TYPE public.audit_action AS ENUM (
    'login', 'logout', 'create_image', 'delete_image', 'run_analysis', 'view_results', 'export_data', 'api_call',
    'permission_change', 'config_change'
);

CREATE TYPE public.audit_status AS ENUM ('success', 'failure', 'partial');

CREATE TABLE public.users (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT users_pkey PRIMARY KEY,
    email varchar(255) NOT NULL CONSTRAINT users_email_key UNIQUE,
    password_hash varchar(255) NOT NULL CONSTRAINT users_password_hash_check CHECK (password_hash ~ '^\$2[aby]\$'),
    full_name varchar(255),
    role public.user_role NOT NULL DEFAULT 'viewer',
    is_active boolean NOT NULL DEFAULT true,
    is_email_verified boolean NOT NULL DEFAULT false,
    last_login_at timestamptz,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_users_role ON public.users (role);

CREATE INDEX idx_users_active ON public.users (role, last_login_at) WHERE is_active;

CREATE INDEX idx_users_last_login ON public.users (last_login_at DESC NULLS LAST);

CREATE INDEX idx_users_created ON public.users (created_at DESC);

CREATE TABLE public.images (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT images_pkey PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT images_user_id_fkey REFERENCES public.users (id) ON DELETE CASCADE,
    file_name varchar(512) NOT NULL,
    original_filename varchar(512),
    file_path varchar(1024) NOT NULL,
    file_size bigint NOT NULL CONSTRAINT images_file_size_check CHECK (file_size > 0),
    mime_type varchar(100) NOT NULL,
    file_hash varchar(64) NOT NULL CONSTRAINT images_file_hash_check CHECK (file_hash ~ '^[0-9a-f]+$'),
    width integer,
    height integer,
    analysis_status public.analysis_status NOT NULL DEFAULT 'pending',
    metadata jsonb NOT NULL DEFAULT '{}',
    uploaded_at timestamptz NOT NULL DEFAULT now(),
    processed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_images_user_id ON public.images (user_id);

CREATE INDEX idx_images_analysis_status ON public.images (analysis_status);

CREATE INDEX idx_images_file_hash ON public.images (file_hash);

CREATE INDEX idx_images_created ON public.images (created_at DESC);

CREATE INDEX idx_images_user_created ON public.images (user_id, created_at DESC);

CREATE INDEX idx_images_status_created ON public.images (analysis_status, created_at DESC);

CREATE INDEX idx_images_metadata ON public.images USING gin (metadata);

CREATE TABLE public.analysis_results (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT analysis_results_pkey PRIMARY KEY,
    image_id uuid NOT NULL
        CONSTRAINT analysis_results_image_id_fkey REFERENCES public.images (id) ON DELETE CASCADE,
    user_id uuid NOT NULL CONSTRAINT analysis_results_user_id_fkey REFERENCES public.users (id) ON DELETE CASCADE,
    algorithm_version varchar(50) NOT NULL,
    algorithm_parameters jsonb NOT NULL DEFAULT '{}',
    negative_space_data jsonb NOT NULL,
    anomalies jsonb NOT NULL DEFAULT '[]',
    confidence_score numeric(5, 4) NOT NULL
        CONSTRAINT analysis_results_confidence_score_check CHECK (confidence_score BETWEEN 0 AND 1),
    processing_time_ms integer NOT NULL
        CONSTRAINT analysis_results_processing_time_ms_check CHECK (processing_time_ms >= 0),
    quality_metrics jsonb NOT NULL DEFAULT '{}',
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_analysis_results_image_id ON public.analysis_results (image_id);

CREATE INDEX idx_analysis_results_user_id ON public.analysis_results (user_id);

CREATE INDEX idx_analysis_results_created ON public.analysis_results (created_at DESC);

CREATE INDEX idx_analysis_results_user_created ON public.analysis_results (user_id, created_at DESC);

CREATE INDEX idx_analysis_results_confidence ON public.analysis_results (confidence_score DESC);

CREATE INDEX idx_analysis_results_space_data ON public.analysis_results USING gin (negative_space_data);

CREATE INDEX idx_analysis_results_anomalies ON public.analysis_results USING gin (anomalies);

CREATE INDEX idx_analysis_results_quality ON public.analysis_results USING gin (quality_metrics);

CREATE TABLE public.processing_queue (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT processing_queue_pkey PRIMARY KEY,
    image_id uuid NOT NULL
        CONSTRAINT processing_queue_image_id_fkey REFERENCES public.images (id) ON DELETE CASCADE,
    user_id uuid NOT NULL CONSTRAINT processing_queue_user_id_fkey REFERENCES public.users (id) ON DELETE CASCADE,
    status public.queue_status NOT NULL DEFAULT 'queued',
    priority smallint NOT NULL DEFAULT 5 CONSTRAINT processing_queue_priority_check CHECK (priority BETWEEN 1 AND 10),
    retry_count integer NOT NULL DEFAULT 0,
    max_retries integer NOT NULL DEFAULT 3,
    worker_id varchar(255),
    error_message text,
    last_error_at timestamptz,
    started_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT processing_queue_retry_count_check CHECK (retry_count <= max_retries)
);

CREATE INDEX idx_queue_image_id ON public.processing_queue (image_id);

CREATE INDEX idx_queue_user_id ON public.processing_queue (user_id);

CREATE INDEX idx_queue_status ON public.processing_queue (status);

CREATE INDEX idx_queue_status_priority ON public.processing_queue (status, priority DESC, created_at);

CREATE INDEX idx_queue_failed ON public.processing_queue (last_error_at DESC) WHERE status = 'failed';

CREATE INDEX idx_queue_retrying ON public.processing_queue (last_error_at) WHERE status = 'retrying';

CREATE TABLE public.api_keys (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT api_keys_pkey PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT api_keys_user_id_fkey REFERENCES public.users (id) ON DELETE CASCADE,
    key_hash varchar(255) NOT NULL CONSTRAINT api_keys_key_hash_key UNIQUE,
    name varchar(255) NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    scopes text[] NOT NULL DEFAULT '{read:images,read:results}',
    ip_whitelist cidr[],
    rate_limit_per_minute integer NOT NULL DEFAULT 100
        CONSTRAINT api_keys_rate_limit_per_minute_check CHECK (rate_limit_per_minute > 0),
    last_used_at timestamptz,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_api_keys_user_id ON public.api_keys (user_id);

CREATE INDEX idx_api_keys_active ON public.api_keys (user_id) WHERE is_active;

CREATE INDEX idx_api_keys_expires ON public.api_keys (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE public.security_audit (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT security_audit_pkey PRIMARY KEY,
    user_id uuid CONSTRAINT security_audit_user_id_fkey REFERENCES public.users (id) ON DELETE SET NULL,
    action public.audit_action NOT NULL,
    resource_type varchar(100),
    resource_id varchar(255),
    status public.audit_status NOT NULL DEFAULT 'success',
    ip_address inet,
    user_agent text,
    error_message text,
    changes_before jsonb,
    changes_after jsonb,
    "timestamp" timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_audit_user_id ON public.security_audit (user_id);

CREATE INDEX idx_audit_action ON public.security_audit (action);

CREATE INDEX idx_audit_timestamp ON public.security_audit ("timestamp" DESC);

CREATE INDEX idx_audit_user_timestamp ON public.security_audit (user_id, "timestamp" DESC);

CREATE INDEX idx_audit_failures ON public.security_audit ("timestamp" DESC) WHERE status <> 'success';

CREATE INDEX idx_audit_changes_after ON public.security_audit USING gin (changes_after);

CREATE FUNCTION public.set_updated_at() RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;

-- A status of NULL is left to the column, which refuses it.
CREATE FUNCTION public.validate_image_status_transition() RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $$
BEGIN
    IF NEW.analysis_status <> OLD.analysis_status
        AND (OLD.analysis_status, NEW.analysis_status) NOT IN (
            ('pending', 'processing'),
            ('pending', 'failed'),
            ('pending', 'archived'),
            ('processing', 'completed'),
            ('processing', 'failed')
        )
    THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('image status: %s → %s is not allowed', OLD.analysis_status, NEW.analysis_status),
            DETAIL = format('It is about image %s.', OLD.id),
            SCHEMA = TG_TABLE_SCHEMA,
            TABLE = TG_TABLE_NAME,
            COLUMN = 'analysis_status',
            CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION public.validate_queue_status_transition() RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $$
BEGIN
    IF NEW.status <> OLD.status
        AND (OLD.status, NEW.status) NOT IN (
            ('queued', 'processing'),
            ('queued', 'cancelled'),
            ('processing', 'completed'),
            ('processing', 'failed'),
            ('failed', 'retrying'),
            ('failed', 'cancelled'),
            ('retrying', 'processing')
        )
    THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('queue status: %s → %s is not allowed', OLD.status, NEW.status),
            DETAIL = format('It is about item %s.', OLD.id),
            SCHEMA = TG_TABLE_SCHEMA,
            TABLE = TG_TABLE_NAME,
            COLUMN = 'status',
            CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;

-- When a user is deleted, the images go with her, and she is gone before this runs: then the entry names nobody.
CREATE FUNCTION public.log_image_event() RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $$
DECLARE
    image public.images := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    told jsonb := jsonb_build_object(
        'file_name', image.file_name,
        'file_size', image.file_size,
        'file_hash', image.file_hash,
        'analysis_status', image.analysis_status
    );
BEGIN
    INSERT INTO public.security_audit (user_id, action, resource_type, resource_id, changes_before, changes_after)
    VALUES (
        (SELECT u.id FROM public.users AS u WHERE u.id = image.user_id),
        CASE TG_OP WHEN 'DELETE' THEN 'delete_image'::public.audit_action ELSE 'create_image' END,
        'image',
        image.id,
        CASE TG_OP WHEN 'DELETE' THEN told END,
        CASE TG_OP WHEN 'INSERT' THEN told END
    );
    RETURN NULL;
END
$$;

CREATE TRIGGER users_set_updated_at
    BEFORE UPDATE ON public.users
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE TRIGGER images_set_updated_at
    BEFORE UPDATE ON public.images
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE TRIGGER analysis_results_set_updated_at
    BEFORE UPDATE ON public.analysis_results
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE TRIGGER validate_image_status
    BEFORE UPDATE OF analysis_status ON public.images
    FOR EACH ROW EXECUTE FUNCTION public.validate_image_status_transition();

CREATE TRIGGER validate_queue_status
    BEFORE UPDATE OF status ON public.processing_queue
    FOR EACH ROW EXECUTE FUNCTION public.validate_queue_status_transition();

CREATE TRIGGER audit_images
    AFTER INSERT OR DELETE ON public.images
    FOR EACH ROW EXECUTE FUNCTION public.log_image_event();

CREATE VIEW public.user_activity_summary AS
SELECT
    u.id AS user_id,
    u.email,
    u.role,
    coalesce(i.total, 0) AS total_images,
    coalesce(r.total, 0) AS total_analyses,
    i.latest AS last_image_upload,
    r.latest AS last_analysis,
    u.last_login_at,
    u.created_at
FROM public.users AS u
LEFT JOIN (
    SELECT user_id, count(*) AS total, max(uploaded_at) AS latest FROM public.images GROUP BY user_id
) AS i ON i.user_id = u.id
LEFT JOIN (
    SELECT user_id, count(*) AS total, max(created_at) AS latest FROM public.analysis_results GROUP BY user_id
) AS r ON r.user_id = u.id;

-- Who has not started waits until now, or until it was cancelled.
CREATE VIEW public.queue_status_summary AS
SELECT
    q.status,
    count(*) AS count,
    min(q.created_at) AS oldest_item,
    max(q.created_at) AS newest_item,
    round(avg(waited.seconds), 3) AS avg_wait_seconds,
    round(avg(extract(EPOCH FROM q.completed_at - q.started_at)), 3) AS avg_processing_seconds,
    round(max(waited.seconds), 3) AS max_wait_seconds
FROM public.processing_queue AS q
CROSS JOIN LATERAL (
    SELECT extract(EPOCH FROM coalesce(q.started_at, q.completed_at, now()) - q.created_at) AS seconds
) AS waited
GROUP BY q.status;

CREATE VIEW public.image_analysis_status AS
SELECT
    i.id AS image_id,
    i.file_name,
    i.user_id,
    i.analysis_status,
    latest.algorithm_version,
    latest.confidence_score,
    latest.processing_time_ms,
    latest.created_at AS analyzed_at,
    latest.id IS NOT NULL AS is_analyzed
FROM public.images AS i
LEFT JOIN LATERAL (
    SELECT r.id, r.algorithm_version, r.confidence_score, r.processing_time_ms, r.created_at
    FROM public.analysis_results AS r
    WHERE r.image_id = i.id
    ORDER BY r.created_at DESC, r.id DESC
    LIMIT 1
) AS latest ON true;

CREATE VIEW public.recent_audit_events AS
SELECT id, user_id, action, resource_type, resource_id, status, ip_address, error_message, "timestamp"
FROM public.security_audit
ORDER BY "timestamp" DESC, id DESC
LIMIT 1000;

COMMENT ON TABLE public.users IS 'Who may sign in';
COMMENT ON COLUMN public.users.password_hash IS 'bcrypt; anything else is refused';
COMMENT ON COLUMN public.users.updated_at IS 'Set by the trigger at every update';

COMMENT ON TABLE public.images IS 'An uploaded image; every one that comes or goes is written to security_audit';
COMMENT ON COLUMN public.images.file_name IS 'The name it is stored under';
COMMENT ON COLUMN public.images.original_filename IS 'The name it was uploaded with';
COMMENT ON COLUMN public.images.file_hash IS
    'In lower-case hexadecimal digits; not unique, since the same file may be uploaded twice';
COMMENT ON COLUMN public.images.analysis_status IS
    'pending to processing, failed or archived; processing to completed or failed: a trigger refuses any other step';
COMMENT ON COLUMN public.images.processed_at IS 'When the analysis completed, or was given up';
COMMENT ON COLUMN public.images.updated_at IS 'Set by the trigger at every update';

COMMENT ON TABLE public.analysis_results IS 'What one run of the analysis found in an image; the latest one counts';
COMMENT ON COLUMN public.analysis_results.user_id IS 'Who had it analysed';
COMMENT ON COLUMN public.analysis_results.negative_space_data IS 'The empty regions: their number, share and outlines';
COMMENT ON COLUMN public.analysis_results.anomalies IS 'List of {kind, x, y, score}';
COMMENT ON COLUMN public.analysis_results.confidence_score IS '0 to 1';
COMMENT ON COLUMN public.analysis_results.updated_at IS 'Set by the trigger at every update';

COMMENT ON TABLE public.processing_queue IS 'Images to be analysed, those at work, and how the latest ones ended';
COMMENT ON COLUMN public.processing_queue.status IS
    'queued to processing or cancelled; processing to completed or failed; failed to retrying or cancelled; '
    'retrying to processing: a trigger refuses any other step';
COMMENT ON COLUMN public.processing_queue.priority IS '1 to 10, the highest first';
COMMENT ON COLUMN public.processing_queue.started_at IS 'When the latest attempt began';
COMMENT ON COLUMN public.processing_queue.completed_at IS
    'When the item left the queue: completed, failed for good, or cancelled';

COMMENT ON TABLE public.api_keys IS 'Keys for programs; only their hash is kept';
COMMENT ON COLUMN public.api_keys.ip_whitelist IS 'Networks it may be used from; from anywhere if empty';
COMMENT ON COLUMN public.api_keys.expires_at IS 'Never, if empty';

COMMENT ON TABLE public.security_audit IS 'Who did what, and when; app_user may add to it, but not change it';
COMMENT ON COLUMN public.security_audit.user_id IS 'Empty if nobody is known, or the user has been deleted since';
COMMENT ON COLUMN public.security_audit.resource_id IS
    'Key of the resource as text; no foreign key, since the entry outlives what it tells of';

COMMENT ON VIEW public.user_activity_summary IS 'Each user with images and analyses, counted apart';
COMMENT ON VIEW public.queue_status_summary IS 'Each status that occurs in the queue, with waiting and working times';
COMMENT ON VIEW public.image_analysis_status IS 'Each image with its latest result, if it has one';
COMMENT ON VIEW public.recent_audit_events IS 'The last 1000 entries of the audit trail, the newest first';

COMMENT ON FUNCTION public.set_updated_at() IS 'Trigger: notes the time of the update';
COMMENT ON FUNCTION public.validate_image_status_transition() IS 'Trigger: refuses an illegal step (SQLSTATE 23514)';
COMMENT ON FUNCTION public.validate_queue_status_transition() IS 'Trigger: refuses an illegal step (SQLSTATE 23514)';
COMMENT ON FUNCTION public.log_image_event() IS 'Trigger: writes an image that comes or goes to the audit trail';

-- Roles belong to the whole cluster. If it is missing it is made and marked, so that the way down knows it.
-- It has no password: whoever runs the application sets one.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'app_user') THEN
        RETURN;
    END IF;
    CREATE ROLE app_user LOGIN;
    COMMENT ON ROLE app_user IS 'made by dbconsole sample';
EXCEPTION
    -- Another database of the cluster made it in this very moment, and marked it.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- Where PUBLIC may not enter the schema, as on hardened servers, the application needs a right of its own.
DO $$
BEGIN
    IF NOT has_schema_privilege('app_user', 'public', 'USAGE') THEN
        GRANT USAGE ON SCHEMA public TO app_user;
    END IF;
END
$$;

-- Default privileges may have given something already, and functions are open to all: begin with nothing.
REVOKE ALL ON public.users, public.images, public.analysis_results, public.processing_queue, public.api_keys,
    public.security_audit, public.user_activity_summary, public.queue_status_summary, public.image_analysis_status,
    public.recent_audit_events FROM PUBLIC, app_user;

REVOKE ALL ON FUNCTION public.set_updated_at(), public.validate_image_status_transition(),
    public.validate_queue_status_transition(), public.log_image_event() FROM PUBLIC, app_user;

GRANT SELECT, INSERT, UPDATE ON public.users, public.images, public.analysis_results, public.processing_queue,
    public.api_keys TO app_user;

GRANT DELETE ON public.images TO app_user;

-- Append-only: what has been written cannot be changed by who wrote it.
GRANT SELECT, INSERT ON public.security_audit TO app_user;

GRANT SELECT ON public.user_activity_summary, public.queue_status_summary, public.image_analysis_status,
    public.recent_audit_events TO app_user;
