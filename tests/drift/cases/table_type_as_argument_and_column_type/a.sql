CREATE TABLE t (id int, name text);
CREATE FUNCTION label(t) RETURNS text LANGUAGE sql IMMUTABLE AS 'select $1.name';
CREATE VIEW v AS SELECT t.id, label(t) AS label FROM t;
