CREATE TYPE pair AS (a int, c text);
CREATE FUNCTION f(p pair) RETURNS pair LANGUAGE sql AS 'SELECT p';
CREATE FUNCTION g() RETURNS SETOF pair LANGUAGE sql AS 'SELECT NULL::public.pair';
CREATE VIEW v AS SELECT (g()).a AS a;
CREATE TABLE t (p pair, ps pair[]);
