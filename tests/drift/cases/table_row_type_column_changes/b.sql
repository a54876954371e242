CREATE TABLE src (a bigint, b text);
CREATE TABLE t (s src);
CREATE FUNCTION f(s src) RETURNS int LANGUAGE sql AS 'select s.a::int';
