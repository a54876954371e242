-- Takes the log of webhooks away again, with every row in it.

DROP TABLE public.zapier_webhook_logs;
