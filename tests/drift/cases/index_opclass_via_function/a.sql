CREATE FUNCTION norm(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'select lower($1)';
CREATE TABLE t (a text);
CREATE UNIQUE INDEX i ON t (norm(a));
