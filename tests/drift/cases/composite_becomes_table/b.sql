CREATE TABLE x (a int, b text);
CREATE FUNCTION f() RETURNS x LANGUAGE sql AS 'select 1, ''x''';
