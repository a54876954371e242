-- A log of the webhooks that came from Zapier. From zapier-webhook-logs.sql.

CREATE TABLE IF NOT EXISTS public.zapier_webhook_logs (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT zapier_webhook_logs_pkey PRIMARY KEY,
    user_id text
        CONSTRAINT zapier_webhook_logs_user_id_fkey REFERENCES public.users (id) ON DELETE SET NULL,
    event_type text NOT NULL,
    priority text,
    success boolean NOT NULL,
    status_code integer,
    webhook_id text,
    error text,
    payload jsonb,
    received_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE public.zapier_webhook_logs IS 'Webhooks that came in, and what became of them';
COMMENT ON COLUMN public.zapier_webhook_logs.user_id IS 'Whom it was for; NULL when nobody was found';

CREATE INDEX IF NOT EXISTS idx_zapier_webhook_logs_received ON public.zapier_webhook_logs (received_at DESC);

CREATE INDEX IF NOT EXISTS idx_zapier_webhook_logs_failed
    ON public.zapier_webhook_logs (received_at DESC) WHERE NOT success;
