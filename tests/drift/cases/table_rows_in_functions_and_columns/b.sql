CREATE TABLE a (x bigint, y text);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'select * from a';
CREATE TABLE h (a a, id int PRIMARY KEY);
CREATE VIEW v AS SELECT (a).x, id FROM h;
