-- Takes the core away again, with every row in it; extension and roles only if they were made here
-- and nothing else needs them.

DROP TABLE public.audio_transcriptions;

DROP TABLE public.indexed_files;

DROP TABLE public.message_references;

DROP TABLE public.memory_chunks;

DROP TABLE public.knowledge_base;

DROP TABLE public.conversation_summaries;

DROP TABLE public.messages;

DROP TABLE public.conversations;

DROP TABLE public.project_tags;

DROP TABLE public.project_tasks;

DROP TABLE public.project_collaborators;

DROP TABLE public.projects;

DROP TABLE public.user_activity_log;

DROP TABLE public.user_tokens;

DROP TABLE public.users;

DROP FUNCTION app.can_write_project(text);

DROP FUNCTION app.can_read_project(text);

DROP FUNCTION app.is_admin();

DROP FUNCTION app.current_user_id();

DROP FUNCTION app.current_email();

DROP FUNCTION app.count_messages();

DROP FUNCTION app.set_updated_at();

DROP SCHEMA app;

DO $$
BEGIN
    IF EXISTS (
        SELECT
        FROM pg_catalog.pg_extension
        WHERE extname = 'vector'
            AND obj_description(oid, 'pg_extension') = 'made by dbconsole sample'
    ) THEN
        DROP EXTENSION vector;
    END IF;
EXCEPTION
    WHEN dependent_objects_still_exist THEN
        RAISE NOTICE 'extension vector stays: other objects of this database need it';
END
$$;

-- All of them or none: anon holds nothing, so nothing but its companions tells that another database uses it.
DO $$
DECLARE
    role_name text;
BEGIN
    FOR role_name IN
        SELECT rolname
        FROM pg_catalog.pg_roles
        WHERE rolname IN ('anon', 'authenticated', 'service_role')
            AND pg_catalog.shobj_description(oid, 'pg_authid') = 'made by dbconsole sample'
        ORDER BY rolname
    LOOP
        EXECUTE format('DROP ROLE %I', role_name);
    END LOOP;
EXCEPTION
    WHEN dependent_objects_still_exist THEN
        RAISE NOTICE 'the roles stay: another database of this cluster still uses %', role_name;
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'the roles stay: % may only be dropped by who made it', role_name;
END
$$;
