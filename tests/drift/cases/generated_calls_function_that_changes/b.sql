CREATE FUNCTION f(int, x int DEFAULT 1) RETURNS int IMMUTABLE LANGUAGE sql AS 'select $1 + $2';
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (f(a)) STORED, c int DEFAULT f(1));
CREATE INDEX t_f ON t (f(a));
