CREATE TYPE c AS (a int);
CREATE FUNCTION make() RETURNS c LANGUAGE sql AS 'select row(1)::public.c';
CREATE TABLE t (c c DEFAULT make(), CHECK ((c).a > 0));
CREATE VIEW v AS SELECT (make()).a;
