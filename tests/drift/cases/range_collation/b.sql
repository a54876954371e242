CREATE TYPE tr AS RANGE (subtype = text, collation = "POSIX");
CREATE FUNCTION f(tr) RETURNS text LANGUAGE sql AS 'select lower($1)';
COMMENT ON TYPE tr IS 'text';
