CREATE PROCEDURE f(a int) LANGUAGE sql AS 'select 1';
CREATE PROCEDURE p(INOUT a int) LANGUAGE sql AS 'select 1';
