CREATE TABLE a (x int, y text, z int);
CREATE TABLE h (a a, many a[]);
CREATE VIEW v AS SELECT (a).x FROM h;
