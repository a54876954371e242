CREATE FUNCTION f() RETURNS TABLE (a int, b text, c date) LANGUAGE sql AS 'SELECT 1, ''x'', current_date';
CREATE VIEW v AS SELECT a, b FROM f();
CREATE VIEW w AS SELECT x.* FROM v, LATERAL f() x WHERE x.a = v.a;
