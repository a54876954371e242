CREATE TYPE pair AS (a int, b int);
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FUNCTION f(int) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, $1)::public.pair';
CREATE FUNCTION g(int) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, 0)::public.pair';
CREATE CAST (int AS pair) WITH FUNCTION f(int);
CREATE CAST (text AS mood) WITH INOUT AS IMPLICIT;
CREATE CAST (varchar AS mood) WITH INOUT;
CREATE TABLE t (a int, p pair, CHECK ((a::pair).a > 0));
CREATE VIEW v AS SELECT a::pair AS p FROM t;
