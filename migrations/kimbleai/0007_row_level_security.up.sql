-- Who may do what: row-level security on all 23 tables, 67 policies, and the grants to go with them.
-- A person is the e-mail in the claims that PostgREST sets for a request; the helpers in app look her up.
-- Policies ask these helpers, at most also the project or parent of their row, never a child: so none ends in
-- "infinite recursion detected in policy". A call within (SELECT …) runs once for a statement, not for each row.
-- The tables' owner, and on Supabase service_role, pass by all policies. The file may be run again at any time.

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_tokens ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.user_activity_log ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.auth_logs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.projects ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.project_collaborators ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.project_tasks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.project_tags ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.conversation_summaries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.knowledge_base ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.memory_chunks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.message_references ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.indexed_files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audio_transcriptions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.files ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.activity_logs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.zapier_webhook_logs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_cost_tracking ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budget_config ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budget_alerts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.content_categories ENABLE ROW LEVEL SECURITY;

-- A view reads with the rights of its owner, past every policy, unless told otherwise.
ALTER VIEW public.dashboard_stats SET (security_invoker = true);

ALTER VIEW public.recent_activity SET (security_invoker = true);

ALTER VIEW public.user_activity_summary SET (security_invoker = true);

ALTER VIEW public.monthly_cost_summary SET (security_invoker = true);

ALTER VIEW public.daily_cost_summary SET (security_invoker = true);

ALTER VIEW public.cost_by_model SET (security_invoker = true);

ALTER VIEW public.cost_by_endpoint SET (security_invoker = true);

ALTER VIEW public.file_stats SET (security_invoker = true);

ALTER VIEW public.transcription_stats SET (security_invoker = true);

ALTER VIEW public.category_stats SET (security_invoker = true);

-- First nobody may do anything. On Supabase default privileges give all of each new object of public to anon and
-- authenticated, TRUNCATE included, which asks no policy; and everywhere a function is everybody's from the start.
REVOKE ALL ON public.users, public.user_tokens, public.user_activity_log, public.auth_logs, public.projects,
    public.project_collaborators, public.project_tasks, public.project_tags, public.conversations, public.messages,
    public.conversation_summaries, public.knowledge_base, public.memory_chunks, public.message_references,
    public.indexed_files, public.audio_transcriptions, public.files, public.activity_logs,
    public.zapier_webhook_logs, public.api_cost_tracking, public.budget_config, public.budget_alerts,
    public.content_categories
    FROM PUBLIC, anon, authenticated;

REVOKE ALL ON public.dashboard_stats, public.recent_activity, public.user_activity_summary,
    public.monthly_cost_summary, public.daily_cost_summary, public.cost_by_model, public.cost_by_endpoint,
    public.file_stats, public.transcription_stats, public.category_stats
    FROM PUBLIC, anon, authenticated;

REVOKE ALL ON SEQUENCE public.user_activity_log_id_seq, public.auth_logs_id_seq, public.message_references_id_seq,
    public.activity_logs_id_seq, public.api_cost_tracking_id_seq
    FROM PUBLIC, anon, authenticated;

REVOKE ALL ON FUNCTION public.search_knowledge_base, public.search_memory_chunks, public.search_files,
    public.get_comprehensive_context, public.log_activity, public.get_user_recent_activity,
    public.get_spending_since, public.get_monthly_spending, public.get_daily_spending, public.get_hourly_spending,
    public.get_top_expensive_calls, public.cleanup_old_activity_logs, public.cleanup_old_auth_logs,
    public.cleanup_old_cost_data
    FROM PUBLIC, anon, authenticated;

REVOKE ALL ON FUNCTION app.set_updated_at, app.count_messages, app.current_email, app.current_user_id, app.is_admin,
    app.can_read_project, app.can_write_project
    FROM PUBLIC, anon, authenticated;

-- Who is signed in. What of this is hers, the policies say; administrators are signed in, too.
GRANT SELECT, INSERT, UPDATE, DELETE ON public.user_tokens, public.user_activity_log, public.auth_logs,
    public.projects, public.project_collaborators, public.project_tasks, public.project_tags, public.conversations,
    public.messages, public.conversation_summaries, public.knowledge_base, public.memory_chunks,
    public.message_references, public.indexed_files, public.audio_transcriptions, public.files,
    public.activity_logs, public.zapier_webhook_logs, public.api_cost_tracking, public.budget_config,
    public.budget_alerts, public.content_categories
    TO authenticated;

-- Of herself a person changes three columns. With the whole row she could make herself an administrator.
GRANT SELECT, INSERT, DELETE, UPDATE (name, avatar_url, preferences) ON public.users TO authenticated;

GRANT SELECT ON public.dashboard_stats, public.recent_activity, public.user_activity_summary,
    public.monthly_cost_summary, public.daily_cost_summary, public.cost_by_model, public.cost_by_endpoint,
    public.file_stats, public.transcription_stats, public.category_stats
    TO authenticated;

GRANT EXECUTE ON FUNCTION public.search_knowledge_base, public.search_memory_chunks, public.search_files,
    public.get_comprehensive_context, public.log_activity, public.get_user_recent_activity,
    public.get_spending_since, public.get_monthly_spending, public.get_daily_spending, public.get_hourly_spending,
    public.get_top_expensive_calls
    TO authenticated, service_role;

-- The service writes what nobody may write about herself, and cleans up. What else it has on Supabase, it keeps.
GRANT INSERT ON public.user_activity_log, public.auth_logs, public.activity_logs, public.zapier_webhook_logs,
    public.api_cost_tracking, public.budget_alerts
    TO service_role;

GRANT EXECUTE ON FUNCTION public.cleanup_old_activity_logs, public.cleanup_old_auth_logs,
    public.cleanup_old_cost_data
    TO service_role;

GRANT USAGE ON SCHEMA app TO authenticated, service_role;

GRANT EXECUTE ON FUNCTION app.current_email, app.current_user_id, app.is_admin, app.can_read_project,
    app.can_write_project
    TO authenticated, service_role;

-- An administrator, on every table.
DROP POLICY IF EXISTS users_admin_all ON public.users;

CREATE POLICY users_admin_all ON public.users
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS user_tokens_admin_all ON public.user_tokens;

CREATE POLICY user_tokens_admin_all ON public.user_tokens
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS user_activity_log_admin_all ON public.user_activity_log;

CREATE POLICY user_activity_log_admin_all ON public.user_activity_log
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS auth_logs_admin_all ON public.auth_logs;

CREATE POLICY auth_logs_admin_all ON public.auth_logs
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS projects_admin_all ON public.projects;

CREATE POLICY projects_admin_all ON public.projects
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS project_collaborators_admin_all ON public.project_collaborators;

CREATE POLICY project_collaborators_admin_all ON public.project_collaborators
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS project_tasks_admin_all ON public.project_tasks;

CREATE POLICY project_tasks_admin_all ON public.project_tasks
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS project_tags_admin_all ON public.project_tags;

CREATE POLICY project_tags_admin_all ON public.project_tags
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS conversations_admin_all ON public.conversations;

CREATE POLICY conversations_admin_all ON public.conversations
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS messages_admin_all ON public.messages;

CREATE POLICY messages_admin_all ON public.messages
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS conversation_summaries_admin_all ON public.conversation_summaries;

CREATE POLICY conversation_summaries_admin_all ON public.conversation_summaries
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS knowledge_base_admin_all ON public.knowledge_base;

CREATE POLICY knowledge_base_admin_all ON public.knowledge_base
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS memory_chunks_admin_all ON public.memory_chunks;

CREATE POLICY memory_chunks_admin_all ON public.memory_chunks
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS message_references_admin_all ON public.message_references;

CREATE POLICY message_references_admin_all ON public.message_references
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS indexed_files_admin_all ON public.indexed_files;

CREATE POLICY indexed_files_admin_all ON public.indexed_files
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS audio_transcriptions_admin_all ON public.audio_transcriptions;

CREATE POLICY audio_transcriptions_admin_all ON public.audio_transcriptions
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS files_admin_all ON public.files;

CREATE POLICY files_admin_all ON public.files
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS activity_logs_admin_all ON public.activity_logs;

CREATE POLICY activity_logs_admin_all ON public.activity_logs
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS zapier_webhook_logs_admin_all ON public.zapier_webhook_logs;

CREATE POLICY zapier_webhook_logs_admin_all ON public.zapier_webhook_logs
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS api_cost_tracking_admin_all ON public.api_cost_tracking;

CREATE POLICY api_cost_tracking_admin_all ON public.api_cost_tracking
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS budget_config_admin_all ON public.budget_config;

CREATE POLICY budget_config_admin_all ON public.budget_config
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS budget_alerts_admin_all ON public.budget_alerts;

CREATE POLICY budget_alerts_admin_all ON public.budget_alerts
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

DROP POLICY IF EXISTS content_categories_admin_all ON public.content_categories;

CREATE POLICY content_categories_admin_all ON public.content_categories
    FOR ALL TO authenticated USING ((SELECT app.is_admin())) WITH CHECK ((SELECT app.is_admin()));

-- A person's own row: she sees it, and changes what the grant above names.
DROP POLICY IF EXISTS users_select_self ON public.users;

CREATE POLICY users_select_self ON public.users
    FOR SELECT TO authenticated USING (id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS users_update_self ON public.users;

CREATE POLICY users_update_self ON public.users
    FOR UPDATE TO authenticated
    USING (id = (SELECT app.current_user_id()))
    WITH CHECK (id = (SELECT app.current_user_id()));

-- Own rows. What is put into a project needs the right to write there; a message, a conversation of one's own.
DROP POLICY IF EXISTS user_tokens_owner_all ON public.user_tokens;

CREATE POLICY user_tokens_owner_all ON public.user_tokens
    FOR ALL TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS projects_owner_all ON public.projects;

CREATE POLICY projects_owner_all ON public.projects
    FOR ALL TO authenticated
    USING (owner_id = (SELECT app.current_user_id()))
    WITH CHECK (owner_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS conversations_owner_all ON public.conversations;

CREATE POLICY conversations_owner_all ON public.conversations
    FOR ALL TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (
        user_id = (SELECT app.current_user_id())
        AND (project_id IS NULL OR app.can_write_project(project_id))
    );

DROP POLICY IF EXISTS messages_owner_all ON public.messages;

CREATE POLICY messages_owner_all ON public.messages
    FOR ALL TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (
        user_id = (SELECT app.current_user_id())
        AND EXISTS (
            SELECT FROM public.conversations AS c
            WHERE c.id = messages.conversation_id
                AND c.user_id = (SELECT app.current_user_id())
        )
    );

DROP POLICY IF EXISTS knowledge_base_owner_all ON public.knowledge_base;

CREATE POLICY knowledge_base_owner_all ON public.knowledge_base
    FOR ALL TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS memory_chunks_owner_all ON public.memory_chunks;

CREATE POLICY memory_chunks_owner_all ON public.memory_chunks
    FOR ALL TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS indexed_files_owner_all ON public.indexed_files;

CREATE POLICY indexed_files_owner_all ON public.indexed_files
    FOR ALL TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS audio_transcriptions_owner_all ON public.audio_transcriptions;

CREATE POLICY audio_transcriptions_owner_all ON public.audio_transcriptions
    FOR ALL TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (
        user_id = (SELECT app.current_user_id())
        AND (project_id IS NULL OR app.can_write_project(project_id))
    );

-- What belongs to a conversation or a message belongs to its owner.
DROP POLICY IF EXISTS conversation_summaries_owner_all ON public.conversation_summaries;

CREATE POLICY conversation_summaries_owner_all ON public.conversation_summaries
    FOR ALL TO authenticated
    USING (EXISTS (
        SELECT FROM public.conversations AS c
        WHERE c.id = conversation_summaries.conversation_id
            AND c.user_id = (SELECT app.current_user_id())
    ))
    WITH CHECK (EXISTS (
        SELECT FROM public.conversations AS c
        WHERE c.id = conversation_summaries.conversation_id
            AND c.user_id = (SELECT app.current_user_id())
    ));

DROP POLICY IF EXISTS message_references_owner_all ON public.message_references;

CREATE POLICY message_references_owner_all ON public.message_references
    FOR ALL TO authenticated
    USING (EXISTS (
        SELECT FROM public.messages AS m
        WHERE m.id = message_references.message_id
            AND m.user_id = (SELECT app.current_user_id())
    ))
    WITH CHECK (EXISTS (
        SELECT FROM public.messages AS m
        WHERE m.id = message_references.message_id
            AND m.user_id = (SELECT app.current_user_id())
    ));

-- Files: own ones, and to read, those of projects that one may read.
-- The way by the project lets the server ask once for each project, where it would else ask for each of many rows.
DROP POLICY IF EXISTS files_select_own ON public.files;

CREATE POLICY files_select_own ON public.files
    FOR SELECT TO authenticated USING (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS files_insert_own ON public.files;

CREATE POLICY files_insert_own ON public.files
    FOR INSERT TO authenticated
    WITH CHECK (
        user_id = (SELECT app.current_user_id())
        AND (project_id IS NULL OR app.can_write_project(project_id))
    );

DROP POLICY IF EXISTS files_update_own ON public.files;

CREATE POLICY files_update_own ON public.files
    FOR UPDATE TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (
        user_id = (SELECT app.current_user_id())
        AND (project_id IS NULL OR app.can_write_project(project_id))
    );

DROP POLICY IF EXISTS files_delete_own ON public.files;

CREATE POLICY files_delete_own ON public.files
    FOR DELETE TO authenticated USING (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS files_select_collaborator ON public.files;

CREATE POLICY files_select_collaborator ON public.files
    FOR SELECT TO authenticated
    USING (EXISTS (
        SELECT FROM public.projects AS p
        WHERE p.id = files.project_id
            AND app.can_read_project(p.id)
    ));

-- Collaborators read the project, its conversations with their messages, and its transcriptions.
DROP POLICY IF EXISTS projects_select_collaborator ON public.projects;

CREATE POLICY projects_select_collaborator ON public.projects
    FOR SELECT TO authenticated USING (app.can_read_project(id));

DROP POLICY IF EXISTS conversations_select_collaborator ON public.conversations;

CREATE POLICY conversations_select_collaborator ON public.conversations
    FOR SELECT TO authenticated
    USING (EXISTS (
        SELECT FROM public.projects AS p
        WHERE p.id = conversations.project_id
            AND app.can_read_project(p.id)
    ));

DROP POLICY IF EXISTS messages_select_collaborator ON public.messages;

CREATE POLICY messages_select_collaborator ON public.messages
    FOR SELECT TO authenticated
    USING (EXISTS (
        SELECT FROM public.conversations AS c
        JOIN public.projects AS p ON p.id = c.project_id
        WHERE c.id = messages.conversation_id
            AND app.can_read_project(p.id)
    ));

DROP POLICY IF EXISTS audio_transcriptions_select_collaborator ON public.audio_transcriptions;

CREATE POLICY audio_transcriptions_select_collaborator ON public.audio_transcriptions
    FOR SELECT TO authenticated
    USING (EXISTS (
        SELECT FROM public.projects AS p
        WHERE p.id = audio_transcriptions.project_id
            AND app.can_read_project(p.id)
    ));

-- Parts of a project. Only its owner says who collaborates: an editor could otherwise admit others.
-- These may read projects, because no policy of projects reads project_collaborators: there the helpers do it.
DROP POLICY IF EXISTS project_collaborators_owner_all ON public.project_collaborators;

CREATE POLICY project_collaborators_owner_all ON public.project_collaborators
    FOR ALL TO authenticated
    USING (EXISTS (
        SELECT FROM public.projects AS p
        WHERE p.id = project_collaborators.project_id
            AND p.owner_id = (SELECT app.current_user_id())
    ))
    WITH CHECK (EXISTS (
        SELECT FROM public.projects AS p
        WHERE p.id = project_collaborators.project_id
            AND p.owner_id = (SELECT app.current_user_id())
    ));

DROP POLICY IF EXISTS project_collaborators_select_self ON public.project_collaborators;

CREATE POLICY project_collaborators_select_self ON public.project_collaborators
    FOR SELECT TO authenticated USING (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS project_tasks_select_member ON public.project_tasks;

CREATE POLICY project_tasks_select_member ON public.project_tasks
    FOR SELECT TO authenticated
    USING (EXISTS (
        SELECT FROM public.projects AS p
        WHERE p.id = project_tasks.project_id
            AND app.can_read_project(p.id)
    ));

DROP POLICY IF EXISTS project_tasks_write_editor ON public.project_tasks;

CREATE POLICY project_tasks_write_editor ON public.project_tasks
    FOR ALL TO authenticated
    USING (EXISTS (
        SELECT FROM public.projects AS p
        WHERE p.id = project_tasks.project_id
            AND app.can_write_project(p.id)
    ))
    WITH CHECK (app.can_write_project(project_id));

DROP POLICY IF EXISTS project_tags_select_member ON public.project_tags;

CREATE POLICY project_tags_select_member ON public.project_tags
    FOR SELECT TO authenticated
    USING (EXISTS (
        SELECT FROM public.projects AS p
        WHERE p.id = project_tags.project_id
            AND app.can_read_project(p.id)
    ));

DROP POLICY IF EXISTS project_tags_write_editor ON public.project_tags;

CREATE POLICY project_tags_write_editor ON public.project_tags
    FOR ALL TO authenticated
    USING (EXISTS (
        SELECT FROM public.projects AS p
        WHERE p.id = project_tags.project_id
            AND app.can_write_project(p.id)
    ))
    WITH CHECK (app.can_write_project(project_id));

-- Logs: everybody reads what is about herself, the service writes. A failed sign-in has an e-mail, but no user.
DROP POLICY IF EXISTS activity_logs_select_own ON public.activity_logs;

CREATE POLICY activity_logs_select_own ON public.activity_logs
    FOR SELECT TO authenticated USING (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS activity_logs_insert_service ON public.activity_logs;

CREATE POLICY activity_logs_insert_service ON public.activity_logs
    FOR INSERT TO service_role WITH CHECK (true);

DROP POLICY IF EXISTS auth_logs_select_own ON public.auth_logs;

CREATE POLICY auth_logs_select_own ON public.auth_logs
    FOR SELECT TO authenticated USING (lower(email) = lower((SELECT app.current_email())));

DROP POLICY IF EXISTS auth_logs_insert_service ON public.auth_logs;

CREATE POLICY auth_logs_insert_service ON public.auth_logs
    FOR INSERT TO service_role WITH CHECK (true);

DROP POLICY IF EXISTS user_activity_log_select_own ON public.user_activity_log;

CREATE POLICY user_activity_log_select_own ON public.user_activity_log
    FOR SELECT TO authenticated USING (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS user_activity_log_insert_service ON public.user_activity_log;

CREATE POLICY user_activity_log_insert_service ON public.user_activity_log
    FOR INSERT TO service_role WITH CHECK (true);

DROP POLICY IF EXISTS zapier_webhook_logs_select_own ON public.zapier_webhook_logs;

CREATE POLICY zapier_webhook_logs_select_own ON public.zapier_webhook_logs
    FOR SELECT TO authenticated USING (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS zapier_webhook_logs_insert_service ON public.zapier_webhook_logs;

CREATE POLICY zapier_webhook_logs_insert_service ON public.zapier_webhook_logs
    FOR INSERT TO service_role WITH CHECK (true);

-- Costs and budgets.
DROP POLICY IF EXISTS api_cost_tracking_select_own ON public.api_cost_tracking;

CREATE POLICY api_cost_tracking_select_own ON public.api_cost_tracking
    FOR SELECT TO authenticated USING (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS api_cost_tracking_insert_service ON public.api_cost_tracking;

CREATE POLICY api_cost_tracking_insert_service ON public.api_cost_tracking
    FOR INSERT TO service_role WITH CHECK (true);

DROP POLICY IF EXISTS budget_config_select_own ON public.budget_config;

CREATE POLICY budget_config_select_own ON public.budget_config
    FOR SELECT TO authenticated USING (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS budget_config_update_own ON public.budget_config;

CREATE POLICY budget_config_update_own ON public.budget_config
    FOR UPDATE TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS budget_alerts_select_own ON public.budget_alerts;

CREATE POLICY budget_alerts_select_own ON public.budget_alerts
    FOR SELECT TO authenticated USING (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS budget_alerts_update_own ON public.budget_alerts;

CREATE POLICY budget_alerts_update_own ON public.budget_alerts
    FOR UPDATE TO authenticated
    USING (user_id = (SELECT app.current_user_id()))
    WITH CHECK (user_id = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS budget_alerts_insert_service ON public.budget_alerts;

CREATE POLICY budget_alerts_insert_service ON public.budget_alerts
    FOR INSERT TO service_role WITH CHECK (true);

-- Categories: those of the system (created by nobody) and one's own.
DROP POLICY IF EXISTS content_categories_select ON public.content_categories;

CREATE POLICY content_categories_select ON public.content_categories
    FOR SELECT TO authenticated USING (created_by IS NULL OR created_by = (SELECT app.current_user_id()));

DROP POLICY IF EXISTS content_categories_owner_write ON public.content_categories;

CREATE POLICY content_categories_owner_write ON public.content_categories
    FOR ALL TO authenticated
    USING (created_by = (SELECT app.current_user_id()))
    WITH CHECK (created_by = (SELECT app.current_user_id()));
