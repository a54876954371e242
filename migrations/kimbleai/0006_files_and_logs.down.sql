-- Takes files and both logs away again, with every row in them.

DROP FUNCTION public.cleanup_old_auth_logs();

DROP FUNCTION public.cleanup_old_activity_logs();

DROP FUNCTION public.get_user_recent_activity(text, integer);

DROP FUNCTION public.log_activity(text, text, text, text, text, jsonb);

-- Names without arguments: the type vector may live in another schema than public.
DROP FUNCTION public.get_comprehensive_context;

DROP FUNCTION public.search_files;

DROP FUNCTION public.search_memory_chunks;

DROP FUNCTION public.search_knowledge_base;

DROP VIEW public.file_stats;

DROP VIEW public.user_activity_summary;

DROP VIEW public.recent_activity;

DROP VIEW public.dashboard_stats;

DROP TABLE public.auth_logs;

DROP TABLE public.activity_logs;

DROP TABLE public.files;
