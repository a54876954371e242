CREATE TABLE t (id bigint, name varchar(5), x int);
CREATE FUNCTION label(t) RETURNS text LANGUAGE sql IMMUTABLE AS 'select $1.name';
CREATE VIEW v AS SELECT t.id, label(t) AS label FROM t;
