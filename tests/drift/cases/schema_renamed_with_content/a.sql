DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
DO $$ BEGIN CREATE ROLE drift_b; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE SCHEMA one;
CREATE TYPE one.e AS ENUM ('a');
CREATE TABLE one.t (a serial PRIMARY KEY, b one.e);
CREATE VIEW one.v AS SELECT a FROM one.t;
CREATE FUNCTION one.f() RETURNS one.e LANGUAGE sql AS 'SELECT ''a''::one.e';
GRANT USAGE ON SCHEMA one TO drift_a;
CREATE VIEW w AS SELECT 1 AS a;
