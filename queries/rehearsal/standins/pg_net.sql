-- The functions of pg_net 0.14 that migrations call, by name, arguments and result, and its two tables: nothing is sent.

CREATE SCHEMA net;

CREATE DOMAIN net.http_method AS text CHECK (value ILIKE 'get' OR value ILIKE 'post' OR value ILIKE 'delete');

CREATE TYPE net.request_status AS ENUM ('PENDING', 'SUCCESS', 'ERROR');

CREATE TYPE net.http_response AS (status_code integer, headers jsonb, body text);

CREATE TYPE net.http_response_result AS (status net.request_status, message text, response net.http_response);

CREATE TABLE net.http_request_queue (
    id bigserial,
    method net.http_method NOT NULL,
    url text NOT NULL,
    headers jsonb,
    body bytea,
    timeout_milliseconds integer NOT NULL
);

CREATE TABLE net._http_response (
    id bigint,
    status_code integer,
    content_type text,
    headers jsonb,
    content text,
    timed_out boolean,
    error_msg text,
    created timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION net.http_get(
    url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000
) RETURNS bigint LANGUAGE sql STRICT PARALLEL SAFE
AS $$SELECT 1::bigint$$;

CREATE FUNCTION net.http_post(
    url text, body jsonb DEFAULT '{}', params jsonb DEFAULT '{}',
    headers jsonb DEFAULT '{"Content-Type": "application/json"}', timeout_milliseconds integer DEFAULT 5000
) RETURNS bigint LANGUAGE sql PARALLEL SAFE
AS $$SELECT 1::bigint$$;

CREATE FUNCTION net.http_delete(
    url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 5000,
    body jsonb DEFAULT NULL
) RETURNS bigint LANGUAGE sql PARALLEL SAFE
AS $$SELECT 1::bigint$$;

CREATE FUNCTION net.http_collect_response(request_id bigint, async boolean DEFAULT true)
RETURNS net.http_response_result LANGUAGE sql STRICT PARALLEL SAFE
AS $$SELECT ('PENDING', 'nothing is sent', NULL)::net.http_response_result$$;

CREATE FUNCTION net.worker_restart() RETURNS boolean LANGUAGE sql
AS $$SELECT true$$;
