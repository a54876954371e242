-- Looks for names where a run looks, and is not ended by what a role has for its applications.
    PERFORM pg_catalog.set_config('search_path', {search_path}, true);
    PERFORM pg_catalog.set_config(name, '0', true) FROM pg_catalog.pg_settings WHERE name = 'transaction_timeout';
