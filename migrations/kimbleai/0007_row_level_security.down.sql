-- Takes policies, grants and row-level security away again. No row is lost, and nothing is protected any more.

DROP POLICY content_categories_owner_write ON public.content_categories;

DROP POLICY content_categories_select ON public.content_categories;

DROP POLICY budget_alerts_insert_service ON public.budget_alerts;

DROP POLICY budget_alerts_update_own ON public.budget_alerts;

DROP POLICY budget_alerts_select_own ON public.budget_alerts;

DROP POLICY budget_config_update_own ON public.budget_config;

DROP POLICY budget_config_select_own ON public.budget_config;

DROP POLICY api_cost_tracking_insert_service ON public.api_cost_tracking;

DROP POLICY api_cost_tracking_select_own ON public.api_cost_tracking;

DROP POLICY zapier_webhook_logs_insert_service ON public.zapier_webhook_logs;

DROP POLICY zapier_webhook_logs_select_own ON public.zapier_webhook_logs;

DROP POLICY user_activity_log_insert_service ON public.user_activity_log;

DROP POLICY user_activity_log_select_own ON public.user_activity_log;

DROP POLICY auth_logs_insert_service ON public.auth_logs;

DROP POLICY auth_logs_select_own ON public.auth_logs;

DROP POLICY activity_logs_insert_service ON public.activity_logs;

DROP POLICY activity_logs_select_own ON public.activity_logs;

DROP POLICY project_tags_write_editor ON public.project_tags;

DROP POLICY project_tags_select_member ON public.project_tags;

DROP POLICY project_tasks_write_editor ON public.project_tasks;

DROP POLICY project_tasks_select_member ON public.project_tasks;

DROP POLICY project_collaborators_select_self ON public.project_collaborators;

DROP POLICY project_collaborators_owner_all ON public.project_collaborators;

DROP POLICY audio_transcriptions_select_collaborator ON public.audio_transcriptions;

DROP POLICY messages_select_collaborator ON public.messages;

DROP POLICY conversations_select_collaborator ON public.conversations;

DROP POLICY projects_select_collaborator ON public.projects;

DROP POLICY files_select_collaborator ON public.files;

DROP POLICY files_delete_own ON public.files;

DROP POLICY files_update_own ON public.files;

DROP POLICY files_insert_own ON public.files;

DROP POLICY files_select_own ON public.files;

DROP POLICY message_references_owner_all ON public.message_references;

DROP POLICY conversation_summaries_owner_all ON public.conversation_summaries;

DROP POLICY audio_transcriptions_owner_all ON public.audio_transcriptions;

DROP POLICY indexed_files_owner_all ON public.indexed_files;

DROP POLICY memory_chunks_owner_all ON public.memory_chunks;

DROP POLICY knowledge_base_owner_all ON public.knowledge_base;

DROP POLICY messages_owner_all ON public.messages;

DROP POLICY conversations_owner_all ON public.conversations;

DROP POLICY projects_owner_all ON public.projects;

DROP POLICY user_tokens_owner_all ON public.user_tokens;

DROP POLICY users_update_self ON public.users;

DROP POLICY users_select_self ON public.users;

DROP POLICY content_categories_admin_all ON public.content_categories;

DROP POLICY budget_alerts_admin_all ON public.budget_alerts;

DROP POLICY budget_config_admin_all ON public.budget_config;

DROP POLICY api_cost_tracking_admin_all ON public.api_cost_tracking;

DROP POLICY zapier_webhook_logs_admin_all ON public.zapier_webhook_logs;

DROP POLICY activity_logs_admin_all ON public.activity_logs;

DROP POLICY files_admin_all ON public.files;

DROP POLICY audio_transcriptions_admin_all ON public.audio_transcriptions;

DROP POLICY indexed_files_admin_all ON public.indexed_files;

DROP POLICY message_references_admin_all ON public.message_references;

DROP POLICY memory_chunks_admin_all ON public.memory_chunks;

DROP POLICY knowledge_base_admin_all ON public.knowledge_base;

DROP POLICY conversation_summaries_admin_all ON public.conversation_summaries;

DROP POLICY messages_admin_all ON public.messages;

DROP POLICY conversations_admin_all ON public.conversations;

DROP POLICY project_tags_admin_all ON public.project_tags;

DROP POLICY project_tasks_admin_all ON public.project_tasks;

DROP POLICY project_collaborators_admin_all ON public.project_collaborators;

DROP POLICY projects_admin_all ON public.projects;

DROP POLICY auth_logs_admin_all ON public.auth_logs;

DROP POLICY user_activity_log_admin_all ON public.user_activity_log;

DROP POLICY user_tokens_admin_all ON public.user_tokens;

DROP POLICY users_admin_all ON public.users;

REVOKE EXECUTE ON FUNCTION app.current_email, app.current_user_id, app.is_admin, app.can_read_project,
    app.can_write_project
    FROM authenticated, service_role;

REVOKE USAGE ON SCHEMA app FROM authenticated, service_role;

REVOKE EXECUTE ON FUNCTION public.cleanup_old_activity_logs, public.cleanup_old_auth_logs,
    public.cleanup_old_cost_data
    FROM service_role;

REVOKE INSERT ON public.user_activity_log, public.auth_logs, public.activity_logs, public.zapier_webhook_logs,
    public.api_cost_tracking, public.budget_alerts
    FROM service_role;

REVOKE EXECUTE ON FUNCTION public.search_knowledge_base, public.search_memory_chunks, public.search_files,
    public.get_comprehensive_context, public.log_activity, public.get_user_recent_activity,
    public.get_spending_since, public.get_monthly_spending, public.get_daily_spending, public.get_hourly_spending,
    public.get_top_expensive_calls
    FROM authenticated, service_role;

REVOKE SELECT ON public.dashboard_stats, public.recent_activity, public.user_activity_summary,
    public.monthly_cost_summary, public.daily_cost_summary, public.cost_by_model, public.cost_by_endpoint,
    public.file_stats, public.transcription_stats, public.category_stats
    FROM authenticated;

REVOKE SELECT, INSERT, DELETE, UPDATE (name, avatar_url, preferences) ON public.users FROM authenticated;

REVOKE SELECT, INSERT, UPDATE, DELETE ON public.user_tokens, public.user_activity_log, public.auth_logs,
    public.projects, public.project_collaborators, public.project_tasks, public.project_tags, public.conversations,
    public.messages, public.conversation_summaries, public.knowledge_base, public.memory_chunks,
    public.message_references, public.indexed_files, public.audio_transcriptions, public.files,
    public.activity_logs, public.zapier_webhook_logs, public.api_cost_tracking, public.budget_config,
    public.budget_alerts, public.content_categories
    FROM authenticated;

-- On Supabase default privileges had given each object to the API roles when it was made; they get that back.
-- Functions stay closed to PUBLIC and anon, and cleanups to authenticated: that they were before.
DO $$
DECLARE
    given text;
BEGIN
    FOR given IN
        SELECT format(
            'GRANT %s ON %s %s TO %s%s',
            a.privilege_type,
            object.word,
            object.name,
            CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
            CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
        )
        FROM (
            SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass::text, relowner, relnamespace,
                CASE relkind WHEN 'S' THEN 'S' ELSE 'r' END
            FROM pg_catalog.pg_class
            WHERE relnamespace = 'public'::regnamespace
                AND relname = ANY (ARRAY[
                    'users', 'user_tokens', 'user_activity_log', 'auth_logs', 'projects', 'project_collaborators',
                    'project_tasks', 'project_tags', 'conversations', 'messages', 'conversation_summaries',
                    'knowledge_base', 'memory_chunks', 'message_references', 'indexed_files',
                    'audio_transcriptions', 'files', 'activity_logs', 'zapier_webhook_logs', 'api_cost_tracking',
                    'budget_config', 'budget_alerts', 'content_categories', 'dashboard_stats', 'recent_activity',
                    'user_activity_summary', 'monthly_cost_summary', 'daily_cost_summary', 'cost_by_model',
                    'cost_by_endpoint', 'file_stats', 'transcription_stats', 'category_stats',
                    'user_activity_log_id_seq', 'auth_logs_id_seq', 'message_references_id_seq',
                    'activity_logs_id_seq', 'api_cost_tracking_id_seq'
                ])
            UNION ALL
            SELECT 'FUNCTION', oid::regprocedure::text, proowner, pronamespace, 'f'
            FROM pg_catalog.pg_proc
            WHERE pronamespace = 'app'::regnamespace
                OR pronamespace = 'public'::regnamespace
                AND proname = ANY (ARRAY[
                    'search_knowledge_base', 'search_memory_chunks', 'search_files', 'get_comprehensive_context',
                    'log_activity', 'get_user_recent_activity', 'get_spending_since', 'get_monthly_spending',
                    'get_daily_spending', 'get_hourly_spending', 'get_top_expensive_calls',
                    'cleanup_old_activity_logs', 'cleanup_old_auth_logs', 'cleanup_old_cost_data'
                ])
        ) AS object (word, name, owner, namespace, kind)
        CROSS JOIN LATERAL aclexplode(
            coalesce(
                (
                    SELECT defaclacl
                    FROM pg_catalog.pg_default_acl
                    WHERE defaclrole = object.owner AND defaclnamespace = 0 AND defaclobjtype = object.kind::"char"
                ),
                acldefault(lower(object.kind)::"char", object.owner)
            ) || (
                SELECT defaclacl
                FROM pg_catalog.pg_default_acl
                WHERE defaclrole = object.owner AND defaclnamespace = object.namespace
                    AND defaclobjtype = object.kind::"char"
            )
        ) AS a
        WHERE a.grantee = 'service_role'::regrole
            OR a.grantee = 'authenticated'::regrole AND NOT object.name ~ 'cleanup_old_'
            OR a.grantee IN (0, 'anon'::regrole) AND object.kind <> 'f'
    LOOP
        EXECUTE given;
    END LOOP;
END
$$;

ALTER TABLE public.content_categories DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.budget_alerts DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.budget_config DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_cost_tracking DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.zapier_webhook_logs DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.activity_logs DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.files DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.audio_transcriptions DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.indexed_files DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_references DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.memory_chunks DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_base DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_summaries DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversations DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.project_tags DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.project_tasks DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.project_collaborators DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.projects DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.auth_logs DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_activity_log DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_tokens DISABLE ROW LEVEL SECURITY;

ALTER TABLE public.users DISABLE ROW LEVEL SECURITY;
