CREATE TABLE a (x int, y text);
CREATE FUNCTION f() RETURNS SETOF a LANGUAGE sql AS 'select * from a';
CREATE TABLE h (a a, id int PRIMARY KEY);
CREATE VIEW v AS SELECT (a).x, id FROM h;
INSERT INTO h VALUES (ROW(1, 'z'), 1);
