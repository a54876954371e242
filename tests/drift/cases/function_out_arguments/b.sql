CREATE FUNCTION f(a int, OUT b int, OUT d text) LANGUAGE sql AS 'SELECT 1, ''x''';
CREATE FUNCTION g(a int, OUT b int) LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION h(a int) RETURNS TABLE (b int, c int) LANGUAGE sql AS 'SELECT a, a';
CREATE FUNCTION k(a int[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v AS SELECT x.b, h.b AS y FROM f(1) x, h(2) h;
