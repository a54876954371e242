CREATE FUNCTION norm(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'select lower($1)';
CREATE TABLE t (a text, CONSTRAINT x EXCLUDE (norm(a) WITH =));
CREATE UNIQUE INDEX i ON t (norm(a));
CREATE STATISTICS s ON norm(a), a FROM t;
