CREATE TYPE nothing AS (x int);
CREATE TABLE src (a int, b text, c date);
CREATE TABLE t (s src, n nothing);
CREATE FUNCTION f(src) RETURNS src LANGUAGE sql AS 'select $1';
