CREATE TYPE c AS (a int, b text);
CREATE TABLE t (id int, v c);
CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'select 1';
