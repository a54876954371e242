-- Is kimbleai closed to whom it should be? Four checks: R34 to R37.

-- One row: row-level security is on everywhere. Without it each role with a grant sees each row.
SELECT
    'R34 row security is on for all 23 tables' AS check_name,
    count(*) FILTER (WHERE c.relrowsecurity) = 23 AS ok,
    count(*) FILTER (WHERE c.relrowsecurity) || ' of 23 on'
        || coalesce('; off: ' || string_agg(expected.table_name, ', ') FILTER (WHERE NOT c.relrowsecurity), '')
        || coalesce('; no such table: ' || string_agg(expected.table_name, ', ') FILTER (WHERE c.oid IS NULL), '')
        AS detail
FROM unnest(ARRAY[
        'users', 'user_tokens', 'user_activity_log', 'auth_logs', 'projects', 'project_collaborators',
        'project_tasks', 'project_tags', 'conversations', 'messages', 'conversation_summaries', 'knowledge_base',
        'memory_chunks', 'message_references', 'indexed_files', 'audio_transcriptions', 'files', 'activity_logs',
        'zapier_webhook_logs', 'api_cost_tracking', 'budget_config', 'budget_alerts', 'content_categories'
    ]) AS expected (table_name)
LEFT JOIN pg_catalog.pg_class AS c
    ON c.oid = to_regclass('public.' || expected.table_name) AND c.relkind = 'r';

-- One row: each policy is there with its command, its role, and which of USING and WITH CHECK it has.
-- Here `users.admin_all` is the policy users_admin_all of table users.
SELECT
    'R35 all 67 policies with command and role' AS check_name,
    count(*) FILTER (WHERE found.words = expected.words) = 67 AS ok,
    count(*) FILTER (WHERE found.words = expected.words) || ' of 67 as expected'
        || coalesce('; missing: ' || string_agg(name.policy, ', ') FILTER (WHERE p.policyname IS NULL), '')
        || coalesce('; other than expected: ' || string_agg(name.policy || ' (' || found.words || ')', ', ')
            FILTER (WHERE p.policyname IS NOT NULL AND found.words <> expected.words), '') AS detail
FROM (
    VALUES
        ('ALL to authenticated USING WITH CHECK', ARRAY[
            'users.admin_all', 'user_tokens.admin_all', 'user_activity_log.admin_all', 'auth_logs.admin_all',
            'projects.admin_all', 'project_collaborators.admin_all', 'project_tasks.admin_all',
            'project_tags.admin_all', 'conversations.admin_all', 'messages.admin_all',
            'conversation_summaries.admin_all', 'knowledge_base.admin_all', 'memory_chunks.admin_all',
            'message_references.admin_all', 'indexed_files.admin_all', 'audio_transcriptions.admin_all',
            'files.admin_all', 'activity_logs.admin_all', 'zapier_webhook_logs.admin_all',
            'api_cost_tracking.admin_all', 'budget_config.admin_all', 'budget_alerts.admin_all',
            'content_categories.admin_all', 'user_tokens.owner_all', 'projects.owner_all',
            'conversations.owner_all', 'messages.owner_all', 'knowledge_base.owner_all', 'memory_chunks.owner_all',
            'indexed_files.owner_all', 'audio_transcriptions.owner_all', 'conversation_summaries.owner_all',
            'message_references.owner_all', 'project_collaborators.owner_all', 'project_tasks.write_editor',
            'project_tags.write_editor', 'content_categories.owner_write'
        ]),
        ('SELECT to authenticated USING', ARRAY[
            'users.select_self', 'files.select_own', 'files.select_collaborator', 'projects.select_collaborator',
            'conversations.select_collaborator', 'messages.select_collaborator',
            'audio_transcriptions.select_collaborator', 'project_collaborators.select_self',
            'project_tasks.select_member', 'project_tags.select_member', 'activity_logs.select_own',
            'auth_logs.select_own', 'user_activity_log.select_own', 'zapier_webhook_logs.select_own',
            'api_cost_tracking.select_own', 'budget_config.select_own', 'budget_alerts.select_own',
            'content_categories.select'
        ]),
        ('UPDATE to authenticated USING WITH CHECK', ARRAY[
            'users.update_self', 'files.update_own', 'budget_config.update_own', 'budget_alerts.update_own'
        ]),
        ('INSERT to authenticated WITH CHECK', ARRAY[
            'files.insert_own'
        ]),
        ('DELETE to authenticated USING', ARRAY[
            'files.delete_own'
        ]),
        ('INSERT to service_role WITH CHECK', ARRAY[
            'activity_logs.insert_service', 'auth_logs.insert_service', 'user_activity_log.insert_service',
            'zapier_webhook_logs.insert_service', 'api_cost_tracking.insert_service', 'budget_alerts.insert_service'
        ])
) AS expected (words, policies)
CROSS JOIN LATERAL unnest(expected.policies) AS short (name)
CROSS JOIN LATERAL (
    SELECT split_part(short.name, '.', 1) AS relation, replace(short.name, '.', '_') AS policy
) AS name
LEFT JOIN pg_catalog.pg_policies AS p
    ON p.schemaname = 'public' AND p.tablename = name.relation AND p.policyname = name.policy
CROSS JOIN LATERAL (
    SELECT concat_ws(
        ' ',
        CASE p.permissive WHEN 'RESTRICTIVE' THEN 'RESTRICTIVE' END,
        p.cmd,
        'to ' || array_to_string(p.roles, ', '),
        CASE WHEN p.qual IS NOT NULL THEN 'USING' END,
        CASE WHEN p.with_check IS NOT NULL THEN 'WITH CHECK' END
    ) AS words
) AS found;

-- One row: whoever is not signed in may do nothing, neither by a grant of her own nor by one to PUBLIC.
SELECT
    'R36 anon holds no privilege' AS check_name,
    count(r.oid) > 0
        AND count(*) FILTER (WHERE object.oid IS NULL AND expected.kind <> 'function of 0008') = 0
        AND NOT coalesce(bool_or(object.held), false) AS ok,
    CASE
        WHEN count(r.oid) = 0 THEN 'there is no role anon'
        WHEN count(object.oid) = 0 THEN 'none of its tables, views, sequences and functions is there'
        ELSE coalesce(
            'may use ' || string_agg(expected.name, ', ') FILTER (WHERE object.held),
            'no privilege on any table, view, sequence or function'
        ) || coalesce('; not there: ' || string_agg(expected.name, ', ')
            FILTER (WHERE object.oid IS NULL AND expected.kind <> 'function of 0008'), '')
    END AS detail
FROM (
    SELECT 'relation', unnest(ARRAY[
            'users', 'user_tokens', 'user_activity_log', 'auth_logs', 'projects', 'project_collaborators',
            'project_tasks', 'project_tags', 'conversations', 'messages', 'conversation_summaries',
            'knowledge_base', 'memory_chunks', 'message_references', 'indexed_files', 'audio_transcriptions',
            'files', 'activity_logs', 'zapier_webhook_logs', 'api_cost_tracking', 'budget_config', 'budget_alerts',
            'content_categories', 'dashboard_stats', 'recent_activity', 'user_activity_summary',
            'monthly_cost_summary', 'daily_cost_summary', 'cost_by_model', 'cost_by_endpoint', 'file_stats',
            'transcription_stats', 'category_stats', 'user_activity_log_id_seq', 'auth_logs_id_seq',
            'message_references_id_seq', 'activity_logs_id_seq', 'api_cost_tracking_id_seq'
        ])
    UNION ALL
    SELECT 'function', unnest(ARRAY[
            'search_knowledge_base', 'search_memory_chunks', 'search_files', 'get_comprehensive_context',
            'log_activity', 'get_user_recent_activity', 'get_spending_since', 'get_monthly_spending',
            'get_daily_spending', 'get_hourly_spending', 'get_top_expensive_calls', 'cleanup_old_activity_logs',
            'cleanup_old_auth_logs', 'cleanup_old_cost_data'
        ])
    UNION ALL
    SELECT 'function of 0008', unnest(ARRAY[
            'get_category_content', 'auto_categorize_content', 'search_category_content'
        ])
) AS expected (kind, name)
LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = 'anon'
LEFT JOIN LATERAL (
    SELECT
        c.oid,
        CASE c.relkind
            WHEN 'S' THEN has_sequence_privilege(r.oid, c.oid, 'USAGE, SELECT, UPDATE')
            ELSE has_table_privilege(
                    r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'
                ) OR has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
        END AS held
    FROM pg_catalog.pg_class AS c
    WHERE expected.kind = 'relation' AND c.oid = to_regclass('public.' || expected.name)
    UNION ALL
    SELECT f.oid, has_function_privilege(r.oid, f.oid, 'EXECUTE')
    FROM pg_catalog.pg_proc AS f
    WHERE expected.kind <> 'relation' AND f.oid = to_regproc('public.' || expected.name)
) AS object ON true;

-- One row: each view reads with the rights of whoever asks, so that it does not pass by the policies.
SELECT
    'R37 all 10 views are security_invoker' AS check_name,
    count(*) FILTER (WHERE option.is_on) = 10 AS ok,
    count(*) FILTER (WHERE option.is_on) || ' of 10 on'
        || coalesce('; off, so past row-level security: '
            || string_agg(expected.view_name, ', ') FILTER (WHERE NOT option.is_on), '')
        || coalesce('; no such view: ' || string_agg(expected.view_name, ', ') FILTER (WHERE c.oid IS NULL), '')
        AS detail
FROM unnest(ARRAY[
        'dashboard_stats', 'recent_activity', 'user_activity_summary', 'monthly_cost_summary', 'daily_cost_summary',
        'cost_by_model', 'cost_by_endpoint', 'file_stats', 'transcription_stats', 'category_stats'
    ]) AS expected (view_name)
LEFT JOIN pg_catalog.pg_class AS c
    ON c.oid = to_regclass('public.' || expected.view_name) AND c.relkind = 'v'
LEFT JOIN LATERAL (
    SELECT coalesce(bool_or(option_value::boolean), false) AS is_on
    FROM pg_options_to_table(c.reloptions)
    WHERE option_name = 'security_invoker'
) AS option ON c.oid IS NOT NULL;
