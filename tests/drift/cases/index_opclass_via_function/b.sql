CREATE FUNCTION norm(text) RETURNS varchar LANGUAGE sql IMMUTABLE AS 'select lower($1)';
CREATE TABLE t (a text);
CREATE UNIQUE INDEX i ON t (norm(a));
