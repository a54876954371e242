CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS 'select 2';
CREATE FUNCTION g() RETURNS TABLE (x int, y int) LANGUAGE sql AS 'select 1, 2';
CREATE VIEW v AS SELECT f(1, 2);
