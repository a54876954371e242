-- Takes away all that 0001 made, views first, and the role if it was made here and no other database uses it.
-- Nothing is cascaded: what somebody else built upon it makes this fail.

REVOKE SELECT ON public.user_activity_summary, public.queue_status_summary, public.image_analysis_status,
    public.recent_audit_events FROM app_user;

REVOKE SELECT, INSERT ON public.security_audit FROM app_user;

REVOKE DELETE ON public.images FROM app_user;

REVOKE SELECT, INSERT, UPDATE ON public.users, public.images, public.analysis_results, public.processing_queue,
    public.api_keys FROM app_user;

-- The way up gave this only where PUBLIC does not have it.
DO $$
BEGIN
    IF NOT has_schema_privilege('public', 'public', 'USAGE') THEN
        REVOKE USAGE ON SCHEMA public FROM app_user;
    END IF;
END
$$;

DROP VIEW public.recent_audit_events;

DROP VIEW public.image_analysis_status;

DROP VIEW public.queue_status_summary;

DROP VIEW public.user_activity_summary;

DROP TRIGGER audit_images ON public.images;

DROP TRIGGER validate_queue_status ON public.processing_queue;

DROP TRIGGER validate_image_status ON public.images;

DROP TRIGGER analysis_results_set_updated_at ON public.analysis_results;

DROP TRIGGER images_set_updated_at ON public.images;

DROP TRIGGER users_set_updated_at ON public.users;

DROP FUNCTION public.log_image_event();

DROP FUNCTION public.validate_queue_status_transition();

DROP FUNCTION public.validate_image_status_transition();

DROP FUNCTION public.set_updated_at();

DROP TABLE public.security_audit;

DROP TABLE public.api_keys;

DROP TABLE public.processing_queue;

DROP TABLE public.analysis_results;

DROP TABLE public.images;

DROP TABLE public.users;

DROP TYPE public.audit_status;

DROP TYPE public.audit_action;

DROP TYPE public.queue_status;

DROP TYPE public.analysis_status;

DROP TYPE public.user_role;

DO $$
BEGIN
    IF EXISTS (
        SELECT
        FROM pg_catalog.pg_roles
        WHERE rolname = 'app_user'
            AND pg_catalog.shobj_description(oid, 'pg_authid') = 'made by dbconsole sample'
    ) THEN
        DROP ROLE app_user;
    END IF;
EXCEPTION
    WHEN dependent_objects_still_exist THEN
        RAISE NOTICE 'role app_user stays: another database of this cluster still uses it';
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'role app_user stays: it may only be dropped by who made it';
END
$$;
