DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE SCHEMA two;
CREATE TYPE two.e AS ENUM ('a');
CREATE TABLE two.t (a serial PRIMARY KEY, b two.e);
CREATE VIEW two.v AS SELECT a FROM two.t;
CREATE FUNCTION two.f() RETURNS two.e LANGUAGE sql AS 'SELECT ''a''::two.e';
GRANT USAGE ON SCHEMA two TO drift_a;
CREATE VIEW w AS SELECT 1 AS a;
