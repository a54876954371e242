CREATE TYPE x AS (a int, b text);
CREATE TABLE h (x x, xs x[]);
CREATE FUNCTION f(x) RETURNS int LANGUAGE sql AS 'select $1.a';
