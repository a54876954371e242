CREATE TABLE a (x int, z int DEFAULT 3, w text);
CREATE TABLE h (a a, many a[]);
CREATE VIEW v AS SELECT (a).x, (a).w FROM h;
