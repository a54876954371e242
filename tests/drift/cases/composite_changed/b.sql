CREATE TYPE c AS (a bigint, b text, d date);
CREATE TABLE t (id int, v c);
CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'select 1';
