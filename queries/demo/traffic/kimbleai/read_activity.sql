-- One row an activity, the newest first.
SELECT user_name, action_type, resource_type, resource_name, created_at FROM public.recent_activity LIMIT 20
