DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TEXT SEARCH DICTIONARY d (template = simple);
CREATE TEXT SEARCH CONFIGURATION c (parser = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH simple, d;
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR url WITH english_stem;
ALTER TEXT SEARCH CONFIGURATION c OWNER TO drift_a;
CREATE TABLE t (a text, g tsvector GENERATED ALWAYS AS (to_tsvector('public.c', a)) STORED);
CREATE VIEW v AS SELECT to_tsvector('public.c'::regconfig, a) AS x FROM t;
