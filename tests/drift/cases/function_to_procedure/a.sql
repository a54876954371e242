CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'select 1';
CREATE PROCEDURE p(a int) LANGUAGE sql AS 'select 1';
