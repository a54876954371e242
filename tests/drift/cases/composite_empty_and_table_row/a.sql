CREATE TYPE nothing AS ();
CREATE TABLE src (a int, b text);
CREATE TABLE t (s src, n nothing);
CREATE FUNCTION f(src) RETURNS src LANGUAGE sql AS 'select $1';
