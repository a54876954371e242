CREATE TYPE c AS ENUM ('r', 'g');
CREATE TYPE pair AS (a c, b c[]);
CREATE TABLE t (p pair, cs c[] DEFAULT '{g}', ps pair[]);
CREATE FUNCTION f(VARIADIC c[]) RETURNS int LANGUAGE sql AS 'select 1';
