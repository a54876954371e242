-- Details of the audit trail, a cache of results, and metrics;
-- duplicates, retries, rate limits and locks in 24 new columns.

ALTER TABLE public.users
    ADD COLUMN audit_event_count integer NOT NULL DEFAULT 0,
    ADD COLUMN api_request_count integer NOT NULL DEFAULT 0,
    ADD COLUMN failed_login_attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN account_locked_until timestamptz,
    ADD COLUMN security_settings jsonb NOT NULL DEFAULT '{}';

ALTER TABLE public.images
    ADD COLUMN is_duplicate boolean NOT NULL DEFAULT false,
    ADD COLUMN duplicate_of uuid
        CONSTRAINT images_duplicate_of_fkey REFERENCES public.images (id) ON DELETE SET NULL,
    ADD COLUMN analysis_retry_count integer NOT NULL DEFAULT 0,
    ADD COLUMN last_retry_at timestamptz,
    ADD COLUMN failure_reason text,
    ADD COLUMN processing_history jsonb NOT NULL DEFAULT '[]';

ALTER TABLE public.analysis_results
    ADD COLUMN cache_hit boolean NOT NULL DEFAULT false,
    ADD COLUMN cached_at timestamptz,
    ADD COLUMN cache_ttl_seconds integer NOT NULL DEFAULT 86400,
    ADD COLUMN performance_stats jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN optimization_suggestions text;

ALTER TABLE public.processing_queue
    ADD COLUMN complexity_score numeric(5, 4) NOT NULL DEFAULT 0.5,
    ADD COLUMN estimated_priority smallint,
    ADD COLUMN processing_metadata jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN processing_notes text;

ALTER TABLE public.api_keys
    ADD COLUMN request_count_current_window integer NOT NULL DEFAULT 0,
    ADD COLUMN last_rate_limit_reset timestamptz,
    ADD COLUMN total_requests bigint NOT NULL DEFAULT 0,
    ADD COLUMN usage_stats jsonb NOT NULL DEFAULT '{}';

CREATE TABLE public.audit_log_details (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT audit_log_details_pkey PRIMARY KEY,
    audit_id uuid NOT NULL
        CONSTRAINT audit_log_details_audit_id_fkey REFERENCES public.security_audit (id) ON DELETE CASCADE,
    event_name varchar(255) NOT NULL,
    event_description text,
    event_data jsonb NOT NULL DEFAULT '{}',
    system_state jsonb NOT NULL DEFAULT '{}',
    duration_ms integer,
    success_count integer NOT NULL DEFAULT 0,
    failure_count integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.analysis_cache (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT analysis_cache_pkey PRIMARY KEY,
    cache_key varchar(255) NOT NULL CONSTRAINT analysis_cache_cache_key_key UNIQUE,
    image_id uuid CONSTRAINT analysis_cache_image_id_fkey REFERENCES public.images (id) ON DELETE CASCADE,
    analysis_id uuid
        CONSTRAINT analysis_cache_analysis_id_fkey REFERENCES public.analysis_results (id) ON DELETE CASCADE,
    algorithm_fingerprint text NOT NULL,
    cached_result jsonb NOT NULL,
    hit_count integer NOT NULL DEFAULT 0,
    last_accessed_at timestamptz,
    size_bytes integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz
);

CREATE TABLE public.performance_metrics (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT performance_metrics_pkey PRIMARY KEY,
    metric_name varchar(255) NOT NULL,
    metric_type varchar(20)
        CONSTRAINT performance_metrics_metric_type_check CHECK (metric_type IN ('counter', 'gauge', 'histogram')),
    value numeric(15, 4) NOT NULL,
    unit varchar(50) NOT NULL,
    labels jsonb,
    context jsonb,
    sample_count integer NOT NULL DEFAULT 1,
    percentile_p50 numeric(15, 4),
    percentile_p95 numeric(15, 4),
    percentile_p99 numeric(15, 4),
    recorded_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_audit_details_audit_id ON public.audit_log_details (audit_id);

CREATE INDEX idx_audit_details_event_created ON public.audit_log_details (event_name, created_at DESC);

CREATE INDEX idx_audit_details_event_data ON public.audit_log_details USING gin (event_data);

CREATE INDEX idx_cache_image_id ON public.analysis_cache (image_id);

CREATE INDEX idx_cache_analysis_id ON public.analysis_cache (analysis_id);

CREATE INDEX idx_cache_expires ON public.analysis_cache (expires_at) WHERE expires_at IS NOT NULL;

CREATE INDEX idx_metrics_name_recorded ON public.performance_metrics (metric_name, recorded_at DESC);

CREATE INDEX idx_metrics_recorded ON public.performance_metrics (recorded_at DESC);

CREATE INDEX idx_metrics_labels ON public.performance_metrics USING gin (labels);

CREATE INDEX idx_images_duplicate_of ON public.images (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE INDEX idx_images_retries ON public.images (last_retry_at) WHERE analysis_retry_count > 0;

CREATE INDEX idx_analysis_results_cache_hit ON public.analysis_results (cache_hit);

CREATE INDEX idx_queue_complexity ON public.processing_queue (complexity_score DESC);

CREATE INDEX idx_users_locked ON public.users (account_locked_until) WHERE account_locked_until IS NOT NULL;

-- Of images with the same hash the earliest is the original; all later ones point to it. What pointed elsewhere,
-- because an original was deleted or an earlier copy has turned up, is put right by the same statements.
CREATE FUNCTION public.mark_duplicate_images() RETURNS integer
LANGUAGE plpgsql
SET search_path = ''
AS $$
DECLARE
    marked integer;
BEGIN
    UPDATE public.images AS i
    SET is_duplicate = true, duplicate_of = copy.original_id
    FROM (
        SELECT id, first_value(id) OVER (PARTITION BY file_hash ORDER BY uploaded_at, created_at, id) AS original_id
        FROM public.images
    ) AS copy
    WHERE copy.id = i.id
        AND copy.original_id <> i.id
        AND (NOT i.is_duplicate OR i.duplicate_of IS DISTINCT FROM copy.original_id);
    GET DIAGNOSTICS marked = ROW_COUNT;

    UPDATE public.images AS i
    SET is_duplicate = false, duplicate_of = NULL
    WHERE (i.is_duplicate OR i.duplicate_of IS NOT NULL)
        AND NOT EXISTS (
            SELECT
            FROM public.images AS earlier
            WHERE earlier.file_hash = i.file_hash
                AND (earlier.uploaded_at, earlier.created_at, earlier.id) < (i.uploaded_at, i.created_at, i.id)
        );

    INSERT INTO public.security_audit (action, resource_type, changes_after)
    VALUES ('run_analysis', 'duplicate_images', jsonb_build_object('marked', marked));
    RETURN marked;
END
$$;

CREATE FUNCTION public.cleanup_expired_cache() RETURNS integer
LANGUAGE plpgsql
SET search_path = ''
AS $$
DECLARE
    deleted integer;
BEGIN
    DELETE FROM public.analysis_cache WHERE expires_at <= now();
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

CREATE FUNCTION public.get_cached_analysis(p_cache_key text) RETURNS jsonb
LANGUAGE sql
SET search_path = ''
AS $$
    UPDATE public.analysis_cache
    SET hit_count = hit_count + 1, last_accessed_at = now()
    WHERE cache_key = p_cache_key
        AND (expires_at IS NULL OR expires_at > now())
    RETURNING cached_result;
$$;

-- A bucket holds the readings from its beginning to just before the next; buckets begin on full multiples since
-- 2000-01-01 UTC. A bucket without readings is left out; the first may lie partly before the window and holds the rest.
CREATE FUNCTION public.aggregate_performance_metrics(
    p_metric_name text,
    p_window_minutes integer DEFAULT 60,
    p_bucket_minutes integer DEFAULT 5
) RETURNS TABLE (
    bucket timestamptz,
    samples bigint,
    avg_value numeric,
    min_value numeric,
    max_value numeric,
    p50 numeric,
    p95 numeric,
    p99 numeric
)
LANGUAGE plpgsql
STABLE
SET search_path = ''
AS $$
BEGIN
    IF coalesce(p_window_minutes, 0) < 1 OR coalesce(p_bucket_minutes, 0) < 1 THEN
        RAISE EXCEPTION 'window and bucket must be at least one minute long, not % and %',
            coalesce(p_window_minutes::text, 'NULL'), coalesce(p_bucket_minutes::text, 'NULL')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    SELECT
        date_bin(p_bucket_minutes * interval '1 minute', m.recorded_at, timestamptz '2000-01-01 00:00:00+00'),
        count(*),
        round(avg(m.value), 4),
        min(m.value),
        max(m.value),
        round((percentile_cont(0.50) WITHIN GROUP (ORDER BY m.value))::numeric, 4),
        round((percentile_cont(0.95) WITHIN GROUP (ORDER BY m.value))::numeric, 4),
        round((percentile_cont(0.99) WITHIN GROUP (ORDER BY m.value))::numeric, 4)
    FROM public.performance_metrics AS m
    WHERE m.metric_name = p_metric_name
        AND m.recorded_at > now() - p_window_minutes * interval '1 minute'
        AND m.recorded_at <= now()
    GROUP BY 1
    ORDER BY 1;
END
$$;

-- One UPDATE locks the row, opens a window if the last one is over, and counts: of two sessions at the limit the second
-- waits for the first and then sees its count. A refused request is counted, too.
CREATE FUNCTION public.check_rate_limit(p_api_key_id uuid) RETURNS boolean
LANGUAGE plpgsql
SET search_path = ''
AS $$
DECLARE
    -- now() stands still within a transaction, and one transaction may ask for many requests.
    asked_at timestamptz := clock_timestamp();
    allowed boolean;
BEGIN
    UPDATE public.api_keys AS k
    SET request_count_current_window = CASE
            WHEN k.last_rate_limit_reset > asked_at - interval '1 minute' THEN k.request_count_current_window + 1
            ELSE 1
        END,
        last_rate_limit_reset = CASE
            WHEN k.last_rate_limit_reset > asked_at - interval '1 minute' THEN k.last_rate_limit_reset
            ELSE asked_at
        END,
        total_requests = k.total_requests + 1,
        last_used_at = asked_at
    WHERE k.id = p_api_key_id
        AND k.is_active
        AND (k.expires_at IS NULL OR k.expires_at > asked_at)
    RETURNING k.request_count_current_window <= k.rate_limit_per_minute INTO allowed;
    RETURN coalesce(allowed, false);
END
$$;

CREATE VIEW public.analysis_performance_summary AS
SELECT
    r.id AS result_id,
    r.image_id,
    r.confidence_score,
    r.processing_time_ms,
    r.cache_hit,
    i.file_size,
    CASE
        WHEN r.cache_hit THEN 'cached'
        WHEN r.processing_time_ms < 1000 THEN 'fast'
        WHEN r.processing_time_ms < 5000 THEN 'normal'
        ELSE 'slow'
    END AS performance_category,
    r.created_at
FROM public.analysis_results AS r
JOIN public.images AS i ON i.id = r.image_id;

CREATE VIEW public.audit_summary_by_user AS
SELECT
    u.id AS user_id,
    u.email,
    coalesce(a.total, 0) AS total_events,
    coalesce(a.failed, 0) AS failed_events,
    coalesce(a.actions, 0) AS distinct_actions,
    d.duration AS avg_duration_ms,
    a.latest AS last_event
FROM public.users AS u
LEFT JOIN (
    SELECT
        user_id,
        count(*) AS total,
        count(*) FILTER (WHERE status = 'failure') AS failed,
        count(DISTINCT action) AS actions,
        max("timestamp") AS latest
    FROM public.security_audit
    GROUP BY user_id
) AS a ON a.user_id = u.id
LEFT JOIN (
    SELECT event.user_id, round(avg(detail.duration_ms), 2) AS duration
    FROM public.audit_log_details AS detail
    JOIN public.security_audit AS event ON event.id = detail.audit_id
    GROUP BY event.user_id
) AS d ON d.user_id = u.id;

CREATE VIEW public.duplicate_images_report AS
SELECT
    original.id AS original_id,
    original.file_name,
    original.file_hash,
    original.file_size,
    copies.total AS duplicate_count,
    copies.bytes AS wasted_bytes,
    original.uploaded_at AS first_uploaded,
    copies.latest AS last_duplicate
FROM public.images AS original
JOIN (
    SELECT duplicate_of, count(*) AS total, sum(file_size)::bigint AS bytes, max(uploaded_at) AS latest
    FROM public.images
    WHERE is_duplicate
        AND duplicate_of IS NOT NULL
    GROUP BY duplicate_of
) AS copies ON copies.duplicate_of = original.id;

COMMENT ON TABLE public.audit_log_details IS 'What happened within an entry of the audit trail, step by step';
COMMENT ON COLUMN public.audit_log_details.system_state IS 'Load and memory of the machine at that moment';

COMMENT ON TABLE public.analysis_cache IS 'Results kept so that the same image need not be analysed again';
COMMENT ON COLUMN public.analysis_cache.algorithm_fingerprint IS 'Version and parameters that the result is good for';
COMMENT ON COLUMN public.analysis_cache.hit_count IS 'Counted by get_cached_analysis';
COMMENT ON COLUMN public.analysis_cache.expires_at IS 'Never, if empty; expired rows wait for cleanup_expired_cache';

COMMENT ON TABLE public.performance_metrics IS 'Readings of the system''s metrics';
COMMENT ON COLUMN public.performance_metrics.value IS
    'counter: the sum since the start; gauge: the value at that moment; histogram: the mean of sample_count values';
COMMENT ON COLUMN public.performance_metrics.percentile_p50 IS 'Histograms only: the median of the values behind it';

COMMENT ON COLUMN public.users.audit_event_count IS 'Kept by the application, as are the next two';
COMMENT ON COLUMN public.users.failed_login_attempts IS 'Since the last login that succeeded';
COMMENT ON COLUMN public.users.account_locked_until IS 'No login before; not locked if empty or past';
COMMENT ON COLUMN public.images.is_duplicate IS 'Set by mark_duplicate_images';
COMMENT ON COLUMN public.images.duplicate_of IS
    'The earliest image with the same hash; once that is deleted, empty until mark_duplicate_images runs again';
COMMENT ON COLUMN public.images.processing_history IS 'List of {status, at}, the oldest first';
COMMENT ON COLUMN public.analysis_results.cache_hit IS 'Taken from the cache instead of computed';
COMMENT ON COLUMN public.processing_queue.complexity_score IS '0 to 1, estimated from size and format';
COMMENT ON COLUMN public.api_keys.request_count_current_window IS
    'Requests since last_rate_limit_reset, those refused included; counted by check_rate_limit';
COMMENT ON COLUMN public.api_keys.last_rate_limit_reset IS 'When the current window of a minute was opened';

COMMENT ON VIEW public.analysis_performance_summary IS
    'Each result as cached, fast (below 1 s), normal (below 5 s) or slow';
COMMENT ON VIEW public.audit_summary_by_user IS 'Each user with the entries of the audit trail and their details';
COMMENT ON VIEW public.duplicate_images_report IS 'Each image that was uploaded again, and the bytes its copies take';

COMMENT ON FUNCTION public.mark_duplicate_images() IS
    'Points later images of the same hash to the earliest; returns how many were newly marked, and audits the run';
COMMENT ON FUNCTION public.cleanup_expired_cache() IS 'Deletes what is expired; returns how many rows';
COMMENT ON FUNCTION public.get_cached_analysis(text) IS
    'The result kept under this key, and counts the hit; NULL if there is none or it is expired';
COMMENT ON FUNCTION public.aggregate_performance_metrics(text, integer, integer) IS
    'Readings of one metric in buckets of minutes, with exact percentiles';
COMMENT ON FUNCTION public.check_rate_limit(uuid) IS
    'Counts a request; false above the limit of the minute, and for keys that are unknown, inactive or expired';

-- Default privileges may have given something already, and functions are open to all: begin with nothing.
REVOKE ALL ON public.audit_log_details, public.analysis_cache, public.performance_metrics,
    public.analysis_performance_summary, public.audit_summary_by_user, public.duplicate_images_report
    FROM PUBLIC, app_user;

REVOKE ALL ON SEQUENCE public.performance_metrics_id_seq FROM PUBLIC, app_user;

REVOKE ALL ON FUNCTION public.mark_duplicate_images(), public.cleanup_expired_cache(),
    public.get_cached_analysis(text), public.aggregate_performance_metrics(text, integer, integer),
    public.check_rate_limit(uuid) FROM PUBLIC, app_user;

GRANT SELECT, INSERT ON public.audit_log_details, public.performance_metrics TO app_user;

GRANT SELECT, INSERT, UPDATE, DELETE ON public.analysis_cache TO app_user;

GRANT SELECT ON public.analysis_performance_summary, public.audit_summary_by_user, public.duplicate_images_report
    TO app_user;

GRANT EXECUTE ON FUNCTION public.mark_duplicate_images(), public.cleanup_expired_cache(),
    public.get_cached_analysis(text), public.aggregate_performance_metrics(text, integer, integer),
    public.check_rate_limit(uuid) TO app_user;
