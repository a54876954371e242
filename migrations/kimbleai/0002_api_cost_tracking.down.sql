-- Takes costs, budgets and alerts away again, with every row in them.

DROP FUNCTION public.cleanup_old_cost_data();

DROP FUNCTION public.get_top_expensive_calls(integer, integer);

DROP FUNCTION public.get_hourly_spending(text);

DROP FUNCTION public.get_daily_spending(text);

DROP FUNCTION public.get_monthly_spending(text);

DROP FUNCTION public.get_spending_since(timestamptz, text);

DROP VIEW public.cost_by_endpoint;

DROP VIEW public.cost_by_model;

DROP VIEW public.daily_cost_summary;

DROP VIEW public.monthly_cost_summary;

DROP TABLE public.budget_alerts;

DROP TABLE public.budget_config;

DROP TABLE public.api_cost_tracking;
