CREATE TYPE c AS ENUM ('r', 'g', 'b');
CREATE TYPE pair AS (a c, b c[]);
CREATE TABLE t (p pair, cs c[] DEFAULT '{r}', ps pair[]);
CREATE FUNCTION f(VARIADIC c[]) RETURNS int LANGUAGE sql AS 'select 1';
