-- Takes away what 0002 added: views, functions, indexes, tables, and the 24 columns with what is in them.
-- Nothing is cascaded: what somebody else built upon it makes this fail.

REVOKE EXECUTE ON FUNCTION public.mark_duplicate_images(), public.cleanup_expired_cache(),
    public.get_cached_analysis(text), public.aggregate_performance_metrics(text, integer, integer),
    public.check_rate_limit(uuid) FROM app_user;

REVOKE SELECT ON public.analysis_performance_summary, public.audit_summary_by_user, public.duplicate_images_report
    FROM app_user;

REVOKE SELECT, INSERT, UPDATE, DELETE ON public.analysis_cache FROM app_user;

REVOKE SELECT, INSERT ON public.audit_log_details, public.performance_metrics FROM app_user;

DROP VIEW public.duplicate_images_report;

DROP VIEW public.audit_summary_by_user;

DROP VIEW public.analysis_performance_summary;

DROP FUNCTION public.check_rate_limit(uuid);

DROP FUNCTION public.aggregate_performance_metrics(text, integer, integer);

DROP FUNCTION public.get_cached_analysis(text);

DROP FUNCTION public.cleanup_expired_cache();

DROP FUNCTION public.mark_duplicate_images();

DROP INDEX public.idx_users_locked;

DROP INDEX public.idx_queue_complexity;

DROP INDEX public.idx_analysis_results_cache_hit;

DROP INDEX public.idx_images_retries;

DROP INDEX public.idx_images_duplicate_of;

DROP INDEX public.idx_metrics_labels;

DROP INDEX public.idx_metrics_recorded;

DROP INDEX public.idx_metrics_name_recorded;

DROP INDEX public.idx_cache_expires;

DROP INDEX public.idx_cache_analysis_id;

DROP INDEX public.idx_cache_image_id;

DROP INDEX public.idx_audit_details_event_data;

DROP INDEX public.idx_audit_details_event_created;

DROP INDEX public.idx_audit_details_audit_id;

DROP TABLE public.performance_metrics;

DROP TABLE public.analysis_cache;

DROP TABLE public.audit_log_details;

ALTER TABLE public.api_keys
    DROP COLUMN usage_stats,
    DROP COLUMN total_requests,
    DROP COLUMN last_rate_limit_reset,
    DROP COLUMN request_count_current_window;

ALTER TABLE public.processing_queue
    DROP COLUMN processing_notes,
    DROP COLUMN processing_metadata,
    DROP COLUMN estimated_priority,
    DROP COLUMN complexity_score;

ALTER TABLE public.analysis_results
    DROP COLUMN optimization_suggestions,
    DROP COLUMN performance_stats,
    DROP COLUMN cache_ttl_seconds,
    DROP COLUMN cached_at,
    DROP COLUMN cache_hit;

ALTER TABLE public.images
    DROP COLUMN processing_history,
    DROP COLUMN failure_reason,
    DROP COLUMN last_retry_at,
    DROP COLUMN analysis_retry_count,
    DROP COLUMN duplicate_of,
    DROP COLUMN is_duplicate;

ALTER TABLE public.users
    DROP COLUMN security_settings,
    DROP COLUMN account_locked_until,
    DROP COLUMN failed_login_attempts,
    DROP COLUMN api_request_count,
    DROP COLUMN audit_event_count;
