CREATE TYPE e AS ENUM ('a');
CREATE TYPE f AS ENUM ('a');
CREATE TABLE t (id int, e e DEFAULT 'a');
CREATE TABLE u (f f);
CREATE FUNCTION g(e) RETURNS f LANGUAGE sql AS 'select ''a''::public.f';
