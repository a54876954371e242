CREATE TYPE tr AS RANGE (subtype = text, collation = "C");
CREATE FUNCTION f(tr) RETURNS text LANGUAGE sql AS 'select lower($1)';
