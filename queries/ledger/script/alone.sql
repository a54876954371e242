-- Gives a statement outside a transaction its settings, for the session.
SET statement_timeout = 0;
SET lock_timeout = {lock_timeout};
SET default_transaction_read_only = off;
SELECT pg_catalog.set_config('search_path', {search_path}, false);
SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings WHERE name = 'transaction_timeout';
